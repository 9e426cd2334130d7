"""Words that editors teach search, what was changed in them, and the number by which every process sees a change."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.rules.draft import Draft, sides_of

LONGEST_SIDE = 2000


class RuleKind(models.TextChoices):
    """What a rule teaches. The last three are about single words and have no right side."""

    EQUAL = "equal", _("means the same")
    ONE_WAY = "one_way", _("also finds")
    KEEP = "keep", _("never correct this word")
    PART = "part", _("part of long words")
    WHOLE = "whole", _("never split this word")


SYNONYMS = frozenset({RuleKind.EQUAL, RuleKind.ONE_WAY})
# What also changes how a listing is read, not only the question.
COMPOUNDS = frozenset({RuleKind.PART, RuleKind.WHOLE})


class RuleSource(models.TextChoices):
    """Where a rule came from; an update of the product only touches its own."""

    PRODUCT = "product", _("comes with the product")
    REGION = "region", _("of this region")


class SynonymRuleQuerySet(models.QuerySet["SynonymRule"]):
    """Which rules remain."""

    def in_force(self) -> Self:
        """Keep what search goes by."""
        return self.filter(active=True)


class SynonymRule(models.Model):
    """One rule. A side is a list of words or phrases with commas between; `signature` says what it comes down to."""

    kind = models.CharField(_("kind"), max_length=10, choices=RuleKind)
    left = models.TextField(_("words"), max_length=LONGEST_SIDE)
    right = models.TextField(_("also"), max_length=LONGEST_SIDE, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    source = models.CharField(max_length=10, choices=RuleSource, default=RuleSource.REGION)
    signature = models.CharField(max_length=64, editable=False)
    # The signature with which the product shipped it; empty for a rule of the region.
    origin = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SynonymRuleQuerySet.as_manager()

    class Meta:
        ordering = ["left", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["signature"], name="a_rule_of_words_is_said_once"),
            models.CheckConstraint(condition=~models.Q(left=""), name="a_rule_of_words_has_words"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["equal", "one_way"]) ^ models.Q(right=""),
                name="only_synonyms_have_a_right_side",
            ),
        ]
        indexes = [models.Index(fields=["-changed_at"], name="words_changed_last")]

    class Privacy:
        personal = ["created_by"]
        retained = [
            "id", "kind", "left", "right", "note", "active", "source", "signature", "origin", "created_at",
            "changed_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.left} → {self.right}" if self.kind == RuleKind.ONE_WAY else self.words

    @property
    def words(self) -> str:
        """Give both sides in one line."""
        return f"{self.left}, {self.right}" if self.right else self.left

    @property
    def draft(self) -> Draft:
        """Give the rule without its row."""
        return Draft(self.kind, sides_of(self.left), sides_of(self.right), self.note, self.active)


class WordAct(models.TextChoices):
    """What happened to a rule."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    OFF = "off", _("switched off")
    ON = "on", _("switched on")
    REMOVED = "removed", _("removed")


class WordChange(models.Model):
    """One change of one rule, with what it was and became; never removed. One `batch` is one press of a button."""

    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    act = models.CharField(max_length=10, choices=WordAct)
    # No foreign key: the history of a removed rule stays.
    rule_number = models.BigIntegerField(db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    undoes = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    class Privacy:
        personal = ["by"]
        retained = ["id", "batch", "act", "rule_number", "before", "after", "undoes", "at"]

    def __str__(self) -> str:
        return f"{self.act} {self.rule_number}"


class WordsVersion(models.Model):
    """One row whose number rises in the transaction of each change: who holds an older table reads it again."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="words_have_one_version")]

    def __str__(self) -> str:
        return str(self.number)
