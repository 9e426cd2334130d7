"""Loads the method guides of `demo/guides` into the learning network."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from leernetwerk.models import GuideUse, MethodGuidePage
from sociale_kaart.models import LifeDomain, TaxonomyTerm

CARD = {"card_first": "first", "card_say": "say", "card_ask": "ask", "card_leave": "leave"}
PLAIN = ("title", "summary", "goal", "for_whom", "when_not", "strength", "moment", "author")


def load_guides(folder: Path, parent: Page) -> int:
    """Make or refresh one published guide per TOML file under `parent`, the library page; give how many.

    Safe to repeat: a guide is known by its slug, and one that an editor changed since is left alone.
    Life domains and needs must be loaded before.
    """
    files = sorted(folder.glob("*.toml"))
    for file in files:
        load_guide(tomllib.loads(file.read_text(encoding="utf-8")), parent)
    return len(files)


@transaction.atomic
def load_guide(source: dict[str, Any], parent: Page) -> MethodGuidePage:
    """Make or refresh one guide."""
    guide = MethodGuidePage.objects.child_of(parent).filter(slug=source["slug"]).first()
    if guide and guide.latest_revision and guide.latest_revision.user_id:
        return guide
    guide = guide or MethodGuidePage(slug=source["slug"])
    before = _content(guide)
    _fill(guide, source)
    if guide.pk is None:
        parent.add_child(instance=guide)
        GuideUse.objects.create(guide=guide, opened=source["used"])
    elif _content(guide) == before:
        return guide
    guide.save_revision().publish()
    return guide


def _content(guide: MethodGuidePage) -> list[object]:
    """Give all that a file can change, to leave a guide alone that has not changed."""
    if guide.pk is None:
        return []
    domains = sorted(domain.pk for domain in guide.life_domains.all())
    needs = sorted(need.code for need in guide.needs.all())
    reading = [guide.reviewed_on, guide.reviewed_by, guide.review_due]
    return [*guide.texts(), *domains, *needs, guide.moment, guide.strength, *reading]


def _fill(guide: MethodGuidePage, source: dict[str, Any]) -> None:
    for name in PLAIN:
        setattr(guide, name, source[name])
    for name, key in CARD.items():
        setattr(guide, name, source["card"][key])
    guide.steps = [("step", step) for step in source["steps"]]
    guide.evidence = [("evidence", row) for row in source["evidence"]]
    guide.rights = [("right", right) for right in source["rights"]]
    guide.reviewed_on = source.get("reviewed_on")
    guide.reviewed_by = source.get("reviewed_by", "")
    guide.review_due = source["review_due"]
    guide.life_domains = list(LifeDomain.objects.filter(code__in=source["life_domains"]))
    guide.needs = list(TaxonomyTerm.objects.needs().filter(code__in=source["needs"]))
    guide.tags.set(source["tags"])
