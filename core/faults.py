"""A fault of ours in the log: under a short code that stands on the page too, with its kind and its place in the code.

What a fault says of itself is left out: it may quote what somebody typed, or a whole row of the database. So is the
address, in which a key may stand.
"""

import logging
import sys
import traceback
from collections.abc import Iterator

from django.http import HttpRequest

from core.short_codes import grouped, new_code

log = logging.getLogger(__name__)
SIGNS = 6


def noted(request: HttpRequest) -> str:
    """Write the fault that is being handled in the log; give the code under which it stands there."""
    code = grouped(new_code(SIGNS), "-")
    where = request.resolver_match.view_name if request.resolver_match else request.method
    log.error("fault %s in %s: %s", code, where, "from ".join(_told(sys.exc_info()[1])))
    return code


def _told(fault: BaseException | None) -> Iterator[str]:
    """Tell the kind and the place of a fault, and of what it came from."""
    while fault is not None:
        yield f"{type(fault).__name__}\n{''.join(traceback.format_tb(fault.__traceback__))}"
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
