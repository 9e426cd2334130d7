"""How pages grow from few referrals to many: measured in turns on two servers."""

import time
from statistics import median

PAGES = {"today": "/vandaag/", "inbox": "/naar-ons/", "outbox": "/door-ons/", "detail": "/doorverwijzing/{pk}/"}
ROUNDS = 60


def addresses(team):
    """Give the pages of one team."""
    return {name: path.format(pk=team["received"]["talk"][0]) for name, path in PAGES.items()}


def in_turns(small, large, rounds=ROUNDS):
    """Ask both sites in turns; give for each page the median of both in milliseconds, and how much it grew."""
    took = {name: ([], []) for name in PAGES}
    for number in range(rounds):
        for name in PAGES:
            for which, (site, filled) in enumerate((small, large)):
                team = filled["teams"][number % len(filled["teams"])]
                start = time.perf_counter()
                answer = site.ask("GET", addresses(team)[name], session=team["sessions"][0])
                took[name][which].append(time.perf_counter() - start)
                assert answer.status == 200, (name, answer)
    return {
        name: (median(few) * 1000, median(many) * 1000, median(many) / median(few))
        for name, (few, many) in took.items()
    }
