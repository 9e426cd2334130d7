"""What a worker keeps of search: a state of the page of results, and the wish for a mail when something new fits."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse

from core.models import StampedModel
from search import address
from search.address import Address

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User

LONGEST_ADDRESS = 1000
LONGEST_TITLE = 200


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Which saved searches remain."""

    def of(self, user: "User | AnonymousUser") -> Self:
        """Keep one's own; nobody sees those of someone else."""
        return self.filter(person=user.pk)


class SavedSearch(StampedModel):
    """One question to the public catalogue, of one worker: words that hold nobody, filters, place and order."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    title = models.CharField(max_length=LONGEST_TITLE)
    address = models.CharField(max_length=LONGEST_ADDRESS, help_text="As in the address bar of search.")
    known = models.JSONField(null=True, help_text="Ids of the services that fitted so far; empty: not looked at yet.")
    followed = models.BooleanField(default=True, help_text="Not when too much fits, or when it hangs on the hour.")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="a_search_is_saved_once")]

    class Privacy:
        personal = ["person", "title", "address"]
        retained = ["id", "created_at", "known", "followed"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the link that asks it again."""
        return reverse("bewaard:again", args=[self.pk])

    @property
    def asked(self) -> Address:
        """Give what it asks."""
        return address.read(QueryDict(self.address))


class NewsWish(models.Model):
    """Someone wants a mail when something new fits a saved search. Without a row: no mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    looked_on = models.DateField(null=True, help_text="The last day on which we looked for news.")

    class Privacy:
        personal = ["person"]
        retained = ["looked_on"]

    def __str__(self) -> str:
        return str(self.pk)
