"""From author to reader to published: Wagtail's workflow, and who may do what."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from core.privacy import NATIONAL_NUMBER_MESSAGE
from leernetwerk.actions import WORKFLOW, prepare_library
from leernetwerk.models import GuideUse, LibraryPage, MethodGuidePage, ReadingTask
from organisaties.actions import sync_groups
from organisaties.roles import Role
from tests.factories.leernetwerk import MethodGuideFactory, library
from tests.factories.organisaties import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def editor(role, organization=None):
    user = MembershipFactory(role=role, organization=organization or OrganizationFactory()).user
    sync_groups(user)
    return user


@pytest.fixture
def author():
    library()
    return editor(Role.LEARNING_EDITOR)


@pytest.fixture
def reader():
    library()
    return editor(Role.NETWORK_COORDINATOR, OrganizationFactory(name="ELZ WE40"))


def written_by(author, **fields):
    guide = MethodGuideFactory(draft=True, trial=True, owner=author, **fields)
    guide.save_revision(user=author)
    return guide


def test_a_guide_goes_from_author_by_a_reader_to_published(author, reader):
    guide = written_by(author)
    state = guide.get_workflow().start(guide, author)
    assert not MethodGuidePage.objects.published().filter(pk=guide.pk).exists()

    state.current_task_state.task.specific.on_action(state.current_task_state, reader, "approve")

    guide = MethodGuidePage.objects.published().get(pk=guide.pk)
    assert guide.reviewed_on == timezone.localdate()
    assert "ELZ WE40" in guide.reviewed_by
    assert guide.review_due == date(2099, 12, 31)


def test_a_new_reading_gives_an_overdue_guide_another_year(author, reader):
    guide = written_by(author, review_due=date(2020, 1, 1))
    state = guide.get_workflow().start(guide, author)

    state.current_task_state.task.specific.on_action(state.current_task_state, reader, "approve")

    guide.refresh_from_db()
    assert guide.review_due == timezone.localdate() + timedelta(days=365)


def test_asking_for_changes_publishes_nothing(author, reader):
    guide = written_by(author)
    state = guide.get_workflow().start(guide, author)

    state.current_task_state.task.specific.on_action(state.current_task_state, reader, "reject", comment="Korter.")

    guide.refresh_from_db()
    assert not guide.live
    assert guide.reviewed_on is None


def test_who_asked_for_the_reading_does_not_give_the_yes(author, reader):
    other = editor(Role.NETWORK_COORDINATOR)
    guide = written_by(reader)
    state = guide.get_workflow().start(guide, reader)
    task = state.current_task_state.task.specific

    assert {name for name, _label, _form in task.get_actions(guide, reader)} == {"reject"}
    assert "approve" in {name for name, _label, _form in task.get_actions(guide, other)}
    assert task.get_actions(guide, author) == []


def test_an_author_writes_and_submits_in_the_editors_screens_but_does_not_publish(author, client):
    client.force_login(author)
    page = library()
    permissions = page.permissions_for_user(author)
    assert permissions.can_add_subpage()
    assert not permissions.can_publish_subpage()

    answer = client.get(reverse("wagtailadmin_pages:add", args=["leernetwerk", "methodguidepage", page.pk]))

    assert answer.status_code == 200
    assert b'name="action-submit"' in answer.content
    assert b'name="action-publish"' not in answer.content


def test_an_author_finds_the_own_drafts_on_the_page_of_the_library(author, reader, client):
    written = written_by(author, title="Samen bellen met een tolk", has_unpublished_changes=True)
    written_by(editor(Role.LEARNING_EDITOR), title="Van iemand anders", has_unpublished_changes=True)
    at, edit = library().get_url(), reverse("wagtailadmin_pages:edit", args=[written.pk])
    client.force_login(author)

    page = client.get(at).text

    assert "Jouw concepten" in page and "Na te lezen" not in page
    assert f'href="{edit}"' in page and client.get(edit).status_code == 200
    assert "Van iemand anders" not in page
    client.logout()
    assert "Samen bellen met een tolk" not in client.get(at).text


def test_a_reader_finds_what_waits_for_a_reading_on_the_page_of_the_library(author, reader, client):
    written_by(author, title="Nog niet gevraagd", has_unpublished_changes=True)
    asked = written_by(author, title="Lees dit na", has_unpublished_changes=True)
    asked.get_workflow().start(asked, author)
    client.force_login(reader)

    page = client.get(library().get_url()).text

    assert "Na te lezen" in page and "Jouw concepten" not in page
    assert "Lees dit na" in page and "Nog niet gevraagd" not in page
    assert "wacht op nalezen" in page


def test_a_reader_may_publish(reader):
    guide = MethodGuideFactory(draft=True)

    assert guide.permissions_for_user(reader).can_publish()


@pytest.mark.parametrize("role", [Role.FRONTLINE_WORKER, Role.LISTING_EDITOR, Role.TEAM_LEAD])
def test_other_roles_may_not_touch_a_guide(role):
    guide = MethodGuideFactory()
    permissions = guide.permissions_for_user(editor(role))

    assert not permissions.can_edit()
    assert not permissions.can_publish()
    assert not library().permissions_for_user(editor(role)).can_add_subpage()


def test_the_whole_walk_through_the_editors_screens(author, reader, client):
    guide = written_by(author, title="Samen bellen")
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    assert client.get(edit).status_code == 200
    form = client.get(edit).context["form"]
    posted = {name: value if value is not None else "" for name, value in flat(form).items()}

    answer = client.post(edit, {**posted, "title": "Samen bellen, met luidspreker", "action-submit": "1"})

    assert answer.status_code == 302, answer.context["form"].errors
    guide.refresh_from_db()
    assert not guide.live
    client.force_login(reader)
    state = guide.current_workflow_task_state
    action = reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, "approve", state.pk])
    assert client.post(action, {"comment": ""}).status_code in (200, 302)
    assert MethodGuidePage.objects.published().get(pk=guide.pk).title == "Samen bellen, met luidspreker"


def flat(form):
    """Give what the browser would post for an edit form with one step and one line of evidence."""
    values = {name: form[name].value() for name in form.fields if name not in ("steps", "evidence", "rights", "tags")}
    values |= {"tags": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    blocks = {"steps": ("step", ["title", "text"]), "evidence": ("evidence", ["claim", "strength", "source"])}
    for name, (block, fields) in blocks.items():
        values |= {f"{name}-count": 1, f"{name}-0-deleted": "", f"{name}-0-order": 0, f"{name}-0-type": block}
        row = form.instance.__getattribute__(name)[0]
        values |= {f"{name}-0-value-{field}": row.value[field] for field in fields} | {f"{name}-0-id": row.id}
    return values | {"rights-count": 0}


def test_a_new_guide_can_be_looked_at_before_it_is_saved(author, client):
    client.force_login(author)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["leernetwerk", "methodguidepage", library().pk])
    row = {"steps-0-deleted": "", "steps-0-order": 0, "steps-0-type": "step", "steps-0-id": ""}
    texts = {"steps-0-value-title": "Bel samen.", "steps-0-value-text": "Met de luidspreker aan."}
    counts = {"steps-count": 1, "evidence-count": 0, "rights-count": 0}
    counts |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}

    chosen = {"moment": "clarify", "strength": "practice", "review_due": "2030-01-01"}

    posted = client.post(address, {"title": "Half af", "slug": "half-af", **chosen, **counts, **row, **texts})
    shown = client.get(address, {"mode": ""})

    assert posted.json()["is_valid"]
    assert "Bel samen." in shown.text
    assert not GuideUse.objects.exists()


@pytest.mark.parametrize(("card", "kept"), [("", True), (" ".join(["woord"] * 16), False)])
def test_half_a_draft_is_kept_but_a_card_never_gets_too_long(card, kept, author, client):
    guide = written_by(author)
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    posted = flat(client.get(edit).context["form"]) | {"goal": "", "card_say": card}

    answer = client.post(edit, {name: "" if value is None else value for name, value in posted.items()})

    assert (answer.status_code == 302) is kept
    assert kept or "card_say" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("goal", {"goal": "Rust voor 85.07.30-033.28."}),
        ("steps", {"steps-0-value-text": "Zoek 85.07.30-033.28 op."}),
        ("tags", {"tags": "huur, 85073003328"}),
        ("__all__", {"comments-TOTAL_FORMS": 1, "comments-0-text": "Gaat over 85.07.30-033.28.",
                     "comments-0-contentpath": "goal", "comments-0-position": "", "comments-0-replies-TOTAL_FORMS": 0,
                     "comments-0-replies-INITIAL_FORMS": 0}),
    ],
)  # fmt: skip
def test_a_national_number_in_a_guide_is_refused_where_it_was_typed(field, typed, author, client):
    guide = written_by(author)
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    posted = flat(client.get(edit).context["form"]) | typed

    answer = client.post(edit, {name: "" if value is None else value for name, value in posted.items()})

    assert answer.context["form"].errors == {field: [NATIONAL_NUMBER_MESSAGE]}
    assert "Dit lijkt een rijksregisternummer." in answer.text


def test_a_reader_writes_no_national_number_to_the_author(author, reader, client):
    guide = written_by(author)
    state = guide.get_workflow().start(guide, author)
    client.force_login(reader)
    action = reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, "reject", state.current_task_state.pk])

    answer = client.post(
        action, {"comment": "Haal 85.07.30-033.28 weg."}, headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert "Dit lijkt een rijksregisternummer." in answer.text
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_preparing_twice_changes_nothing():
    first = library()
    first.title = "Eigen titel"
    first.save_revision().publish()

    again = prepare_library(first.get_parent())

    assert again.pk == first.pk
    assert again.title == "Eigen titel"
    assert LibraryPage.objects.count() == 1
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1
    assert ReadingTask.objects.count() == 1
