"""The library and its guides for tests."""

from datetime import date

import factory
from wagtail.models import Page
from wagtail_factories import PageFactory

from leernetwerk.actions import prepare_library
from leernetwerk.choices import Moment, Strength
from leernetwerk.models import GuideUse, LibraryPage, MethodGuidePage


def library() -> LibraryPage:
    """Give the library under the site's root page, with its groups and workflow."""
    return LibraryPage.objects.first() or prepare_library(Page.objects.get(depth=2))


class MethodGuideFactory(PageFactory):
    """A published guide, read last spring and good for years; `draft`, `overdue` and `trial` say otherwise."""

    class Meta:
        model = MethodGuidePage

    class Params:
        draft = factory.Trait(live=False)
        overdue = factory.Trait(review_due=date(2020, 1, 1))
        trial = factory.Trait(reviewed_on=None, reviewed_by="")

    parent = factory.LazyFunction(library)
    title = factory.Sequence(lambda n: f"Werkwijze {n}")
    slug = factory.Sequence(lambda n: f"werkwijze-{n}")
    summary = "Samen één ding doen."
    goal = "Vandaag gebeurt er één ding."
    for_whom = "Voor wie een gesprek voert."
    when_not = "Niet bij gevaar."
    card_first = "Leg de brief op tafel."
    card_say = "‘Vandaag doen we één ding.’"
    card_ask = "‘Wie belde al?’"
    card_leave = "Beloof niets."
    steps = [("step", {"title": "Kies één deur.", "text": "Bel samen."})]
    evidence = [("evidence", {"claim": "Samen bellen helpt", "strength": "practice", "source": "Ervaring"})]
    strength = Strength.PRACTICE
    moment = Moment.CLARIFY
    author = "Onthaalmedewerkers van Sociaal Huis Pannenhoek"
    reviewed_on = date(2026, 4, 1)
    reviewed_by = "Netwerkcoördinator, ELZ WE40"
    review_due = date(2099, 12, 31)

    @factory.post_generation
    def domains(self, create, extracted, **kwargs):
        """Tie the guide to life domains."""
        if extracted:
            self.life_domains = extracted
            self.save()

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        """Tie the guide to needs."""
        if extracted:
            self.needs = extracted
            self.save()

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        """Give the guide search words."""
        if extracted:
            self.tags.set(extracted)
            self.save()

    @factory.post_generation
    def opened(self, create, extracted, **kwargs):
        """Say how often colleagues opened it."""
        if extracted:
            GuideUse.objects.create(guide=self, opened=extracted)
