"""Journey 2, the quick road: from the login to sent in few presses and few fields."""

import pytest

from tests.journeys import roads
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

MOST = 15


def test_the_quick_road_takes_few_presses_and_few_fields(person):
    worker, client = person(), Client("Yusra")
    worker.go("/account/login/")

    worker.log_in(roads.LOTTE)
    roads.begin(worker, client)
    roads.choose_service(worker, client)
    roads.share_all(worker, client)
    roads.sign_and_send(worker, client)

    print(f"\nquick road, from the login to sent: {worker.interactions} presses and fields")
    assert worker.interactions <= MOST
