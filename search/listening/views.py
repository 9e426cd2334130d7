"""What a page of results carries back: that someone stayed with it, and which result was opened."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core import throttle
from search.listening import heard as listening

# From one address within an hour; a person who reads stays far below.
MOST_MESSAGES = 300
LAST_RANK = 500
LONGEST_KEY = 100


# The signed token is the proof that our own page sends this, and no one's rights are used: no other token is needed.
@csrf_exempt
@login_not_required
@require_POST
def settled(request: HttpRequest) -> HttpResponse:
    """Count a question that came while someone typed and then stayed on screen."""
    heard = _heard(request, request.POST.get("wat", ""))
    if heard:
        heard.count()
    return HttpResponse()


@csrf_exempt
@login_not_required
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Count a result that was opened: the browser tells it beside the click (`ping`), and asks for no answer."""
    heard = _heard(request, request.GET.get("wat", ""))
    rank, key = request.GET.get("nr", ""), request.GET.get("dienst", "")
    if heard and rank.isdecimal() and 0 < int(rank[:6]) <= LAST_RANK and 0 < len(key) <= LONGEST_KEY:
        heard.count_opened(int(rank), key)
    return HttpResponse(status=204)


def _heard(request: HttpRequest, token: str) -> listening.Heard | None:
    """Read the token, unless this address sends too many."""
    who = throttle.address(request)
    if throttle.is_paused("listening", who, limit=MOST_MESSAGES):
        return None
    throttle.count_failure("listening", who, seconds=3600)
    return listening.read(token)
