"""How often a guide was opened and found useful: counts only, never who."""

from typing import TYPE_CHECKING, Any, Literal

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

What = Literal["opened", "useful", "not_useful"]


class GuideUseManager(models.Manager["GuideUse"]):
    """Adds to the counts."""

    def count_once(self, guide: models.Model, what: What, session: "SessionBase") -> bool:
        """Add one, unless this session did so before; tell whether it was added."""
        key = GuideUse.session_key(what)
        before: list[Any] = session.get(key, [])
        if guide.pk in before:
            return False
        session[key] = [*before, guide.pk]
        self.get_or_create(guide_id=guide.pk)
        self.filter(guide_id=guide.pk).update(**{what: F(what) + 1})
        return True


class GuideUse(models.Model):
    """The counts of one guide, beside the page so that no revision brings old ones back."""

    guide = models.OneToOneField("leernetwerk.MethodGuidePage", models.CASCADE, related_name="use")
    opened = models.PositiveIntegerField(_("opened by colleagues"), default=0)
    useful = models.PositiveIntegerField(_("found useful"), default=0)
    not_useful = models.PositiveIntegerField(_("found not useful"), default=0)

    objects = GuideUseManager()

    class Meta:
        verbose_name = _("use of a guide")
        verbose_name_plural = _("use of guides")

    def __str__(self) -> str:
        return f"{self.guide_id}: {self.opened}"

    @staticmethod
    def session_key(what: What) -> str:
        """Name the place in a session that remembers what was counted; one opinion per guide."""
        return "guides_opened" if what == "opened" else "guides_judged"
