"""Every address of the site, filled in so that it leads to what the story made."""

import re
from typing import NamedTuple

from tests.addresses import all_addresses
from tests.leaks.canaries import PRIVATE_ROOMS
from tests.leaks.world import NOWHERE, ONE_ID

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\((?:\?P<\w+>)?(?P<inside>(?:[^()]|\([^()]*\))*)\)")
# What a word in an address stands for, where it is no id of a row.
WORDS = {"slug": "housing", "int": "1", "path": "housing"}


class Road(NamedTuple):
    """One address to try: filled in, and filled in with an id that nothing has."""

    name: str
    path: str
    nowhere: str
    private: bool
    ours: bool
    room: str


def roads(user: int) -> list[Road]:
    """Give all of them; `user` is the number of the colleague that addresses about people lead to."""
    return [_road(address, user) for address in all_addresses()]


def _road(address, user: int) -> Road:
    room = address.view.partition(".")[0]
    has_id = "<uuid:" in address.route
    private = not address.is_public and (has_id or ("<" in address.route and room in PRIVATE_ROOMS))
    ours = not address.route.startswith(("beheer/", "documenten/", "account/"))
    return Road(
        address.route,
        _filled(address.route, str(ONE_ID), user),
        _filled(address.route, str(NOWHERE), user),
        private,
        ours,
        room,
    )


def _filled(route: str, pk: str, user: int) -> str:
    def value(found: re.Match[str]) -> str:
        if found["name"] == "user":
            return str(user)
        return WORDS.get(found["kind"], pk)

    plain = GROUP.sub(lambda found: "1" if found["inside"].startswith("\\d") else "x", route) if "(" in route else route
    return "/" + PARAMETER.sub(value, plain.replace("^", "").replace("\\Z", "").removesuffix("$"))
