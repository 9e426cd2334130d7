"""A listing on which questions of people hang stays: the editors' screens say why."""

import pytest
from django.urls import reverse

from organisaties.actions import sync_groups
from sociale_kaart.models import Service
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_service_with_a_question_cannot_be_deleted_and_the_page_says_why(coordinator, log_in, method):
    cast = Cast()
    service = cast.sent().service
    sync_groups(coordinator)
    browser = log_in(type(coordinator).objects.get(pk=coordinator.pk))
    alone = reverse("wagtailsnippets_sociale_kaart_service:delete", args=[service.pk])
    many = reverse("wagtail_bulk_action", args=["sociale_kaart", "service", "delete"]) + f"?id={service.pk}"

    pages = [getattr(browser, method)(page, follow=True).content.decode() for page in (alone, many)]

    assert all("kan niet weg: er hangen vragen van mensen aan" in page for page in pages)
    assert Service.objects.filter(pk=service.pk).exists()


def test_a_service_that_nobody_needs_can_go(coordinator, log_in, vocabulary):
    service = Cast().sent().service
    spare = Service.objects.create(organization=service.organization, name="Niemand")
    sync_groups(coordinator)

    log_in(type(coordinator).objects.get(pk=coordinator.pk)).post(
        reverse("wagtailsnippets_sociale_kaart_service:delete", args=[spare.pk])
    )

    assert not Service.objects.filter(pk=spare.pk).exists()
