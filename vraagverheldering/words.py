"""What the rules of the road say, in sentences for people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.moments import clock_time, short_moment
from vraagverheldering.flow import Gap, Lack

# More names in one line, or names of several words, are harder to read than a figure.
MOST_NAMED = 3


def what_is_missing(gap: Gap, name: str) -> str:
    """Say what stands between a talk and its end; the wish itself stays out of a sentence that travels in a cookie."""
    if gap.lack is Lack.QUESTION:
        return _("Write down first what %(name)s wants.") % {"name": name}
    if gap.lack is Lack.STEP:
        return _("%(domain)s: write down what you do, who and by when.") % {"domain": gap.name}
    if gap.lack is Lack.GOAL:
        return _("Write down what is different when it works.")
    if gap.lack is Lack.NEXT:
        return _("Write down the next step, who and by when, or choose a service.")
    return _("%(domain)s has no ending yet.") % {"domain": gap.name}


def agree_before_keeping(name: str) -> str:
    """Say that nothing is kept without a yes."""
    return _("Ask %(name)s first. Without a yes we keep nothing.") % {"name": name}


def saved_at(moment: datetime) -> str:
    """Say when the talk was saved last: the time today, else the day too."""
    if timezone.localdate(moment) == timezone.localdate():
        return _("Saved at %(time)s") % {"time": clock_time(moment)}
    return _("Saved on %(moment)s") % {"moment": short_moment(moment)}


def listed(names: Sequence[str]) -> str:
    """Put names in a row: 'Wonen, Inkomen en Papieren'."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def how_it_stands(gaps: Sequence[Gap], settled: Sequence[str], name: str) -> str:
    """Say in one line what is done and what is not, for the foot of the page."""
    if gaps:
        return what_is_missing(gaps[0], name)
    if not settled:
        return _("You need not talk about everything. Choose what counts.")
    if len(settled) == 1:
        return _("%(domain)s has a next step.") % {"domain": settled[0]}
    row = listed([settled[0], *(word.lower() for word in settled[1:])])
    if len(settled) > MOST_NAMED or any(" " in word for word in settled):
        return _("%(count)s subjects have a next step.") % {"count": len(settled)}
    return _("%(domains)s have a next step.") % {"domains": row}


def ask_for(right: str) -> str:
    """Name the step that a right becomes."""
    return _("Ask for: %(right)s") % {"right": right}
