"""What Lotte of the demo saved for herself: two searches, while she has none."""

from django.http import QueryDict

from bewaarde_zoekvragen import actions
from bewaarde_zoekvragen.models import SavedSearch
from core.models import User
from demo.cast import LOTTE
from search import address

SEARCHES = ("q=voedselpakket&waar=Zedelgem", "thema=housing&gemeente=Zedelgem&hoe=walk_in")


def load() -> None:
    """Save them; the search index must be there."""
    lotte = User.objects.get(email=LOTTE)
    if not SavedSearch.objects.of(lotte).exists():
        for query in SEARCHES:
            actions.save(address.read(QueryDict(query)), by=lotte)
