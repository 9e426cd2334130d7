"""What a colleague thinks of a guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from leernetwerk.models import GuideUse, MethodGuidePage


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Count one opinion per session, without a name; a second click changes nothing."""
    guide = get_object_or_404(MethodGuidePage.objects.published(), pk=pk)
    GuideUse.objects.count_once(
        guide, "useful" if request.POST.get("nuttig") == "ja" else "not_useful", request.session
    )
    if request.headers.get("HX-Request"):
        use = GuideUse.objects.get(guide_id=pk)
        return render(request, "leernetwerk/_opinion.html", {"guide": guide, "use": use, "judged": True})
    return redirect(f"{guide.get_url(request)}#nuttig")
