"""The list of conversations of the teams where someone works."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vraagverheldering.models import Conversation
from vraagverheldering.views.known import UserRequest

PAGE = 25


@require_safe
def listing(request: UserRequest) -> HttpResponse:
    """Show the open talks, or the finished ones."""
    mine = Conversation.objects.visible_to(request.user)
    finished = request.GET.get("toon") == "afgerond"
    chosen = mine.finished().order_by("-finished_at") if finished else mine.open()
    page = Paginator(chosen.for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "finished": finished,
        "query": "toon=afgerond&" if finished else "",
        "open_count": mine.open().count(),
        "finished_count": mine.finished().count(),
    }
    return render(request, "vraagverheldering/listing.html", context)
