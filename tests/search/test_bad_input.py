"""Whatever stands in an address: always a good page, never a failure of ours, and never slow."""

import runpy
import string
from urllib.parse import urlencode

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.address import FILTER_NAMES
from search.query import FACETS
from tests.factories.search import listing

pytestmark = pytest.mark.django_db

TEXTS = {
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "schuld " * 1500,
    "only symbols": "!@#$%^&*()_+-=[]{}|;':\",./<>?`~",
    "only stop words": "de het een van voor met",
    "control characters": "".join(chr(code) for code in range(32)) + "\x7f\x85",
    "a NUL": "schuld\x00en",
    "right to left marks": "\u202eschulden\u202c\u200f",
    "mixed scripts": "schulden долги ديون 债务 🙂",
    "half a pair": "\ud83d",
    "SQL": "'; DROP TABLE service; -- UNION SELECT",
    "query syntax": '+name:"x" AND (NOT *) OR [a TO b]~2^9 \\',
    "regular expressions": "(a+)+$ ^(.*)*x",
    "markup": "<script>alert(1)</script>",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}%(x)s",
    "combining marks": "e" + "́" * 500,
    "one very long word with hyphens": "-".join(["ab"] * 400),
    "many digits": "9" * 400,
    "dots": "." * 500 + "o.c.m.w." * 100,
    "percent signs": "%%%00%ff",
}
QUERIES = [
    "?thema=bestaatniet&taal=xx&prijs=&nu=x&hoe=%00&ingang=%27", "?page=1000000", "?page=-1", "?page=%D9%A3",
    "?q=oppas&page=999999", "?op=2026-13-45&om=99:99", "?op=9999-12-31", "?op=0001-01-01&om=00:00", "?op=2026-02-30",
    "?op=2026-03-29&om=02:30", "?op=2026-10-25&om=02:30", "?op=%00", "?om=24:00",
    "?q=gratis+betalend&prijs=free&prijs=paid&nu=open_now&op=2026-11-28&om=03:00&gemeente=Mol&waar=Zedelgem",
    "?binnen=10", "?q=oppas&binnen=-1&waar=Zedelgem",
    "?binnen=1e9&waar=Zedelgem", "?sorteer=afstand", "?sorteer=afstand&waar=Nergens",
    "?beeld=kaart", "?q=oppas&beeld=kaart&nr=999999", "?nr=%D9%A3",
    "?alles=thema&alles=onzin&alles=taal", "?waar=" + "z" * 9000, "?waar=%E2%80%AE", "?gesprek=%00%0d%0aX:+y&q=a",
    "?" + "&".join(f"thema=t{number}" for number in range(400)), "?q=a&q=b&q=c", "?getypt=1&q=psygoloog", "?&&&==&",
    "?letter=%00&page=x", "?dienst=%00&dienst=a&dienst=a&dienst=a",
]  # fmt: skip
FIELDS = {
    "/zoeken/": ["q", "waar", "thema", "gemeente", "op"], "/zoeken/aanvullen/": ["q"],
    "/zoeken/vergelijken/": ["dienst"], "/zoeken/a-z/": ["letter", "page"], "/zoeken/thema/money/": ["waar", "page"],
}  # fmt: skip


@pytest.fixture
def catalogue():
    """Have something to find."""
    listing("Oppas en schuldhulp", needs=["money"], cost_kind="free")
    listing("Psycholoog", needs=["mind"])


def is_good(response):
    """Tell whether this is a page that someone can go on from."""
    text = response.content.decode()
    return response.status_code == 200 and "Traceback" not in text and "<script>alert" not in text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_any_field_gets_a_good_page(visitor, catalogue, text):
    for page, names in FIELDS.items():
        for name in names:
            query = urlencode({name: text}, errors="surrogatepass")
            assert is_good(visitor.get(f"{page}?{query}")), (page, name)


@pytest.mark.parametrize("query", QUERIES)
def test_any_address_gets_a_good_page(visitor, catalogue, query):
    for page in FIELDS:
        assert is_good(visitor.get(page + query)), page


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_gets_an_answer_for_programs(visitor, catalogue, text):
    for name in ("q", "area", "category", "near", "open_at", "facets", "page", "size", "sort"):
        answer = visitor.get("/api/search?" + urlencode({name: text}, errors="surrogatepass"))

        assert answer.status_code in {200, 400, 429}, (name, answer.content)


def test_a_page_beyond_the_last_one_is_the_last_one(visitor):
    for _number in range(25):
        listing("Oppas")
    response = visitor.get("/zoeken/?q=oppas&page=1000000")

    assert (response.context["page"].page, len(response.context["screen"].rows)) == (2, 5)


ANY_TEXT = st.text(max_size=60) | st.sampled_from(list(TEXTS.values())[2:]) | st.text(string.printable, max_size=40)
ANY_QUERY = st.lists(
    st.tuples(
        st.sampled_from(["q", "waar", "op", "om", "sorteer", "beeld", "nr", "page", "alles", *FILTER_NAMES.values()]),
        ANY_TEXT,
    ),
    max_size=6,
)  # fmt: skip
OFTEN = settings(
    max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@OFTEN
@given(ANY_QUERY)
def test_no_address_at_all_breaks_the_page(visitor, catalogue, pairs):
    response = visitor.get("/zoeken/?" + urlencode(pairs, errors="surrogatepass"))

    assert is_good(response)


@OFTEN
@given(ANY_TEXT)
def test_no_beginning_at_all_breaks_completing(visitor, catalogue, text):
    assert is_good(visitor.get("/zoeken/aanvullen/?" + urlencode({"q": text}, errors="surrogatepass")))


@OFTEN
@given(
    st.dictionaries(st.sampled_from(["q", "area", "page", "size", "near", "open_at", *FACETS]), ANY_TEXT, max_size=4)
)
def test_no_question_at_all_breaks_the_address_for_programs(visitor, catalogue, fields):
    answer = visitor.get("/api/search?" + urlencode(fields, errors="surrogatepass"))

    assert answer.status_code in {200, 400, 429}


@pytest.mark.parametrize(("config", "letters"), [("config/gunicorn.py", 60_000), ("gunicorn.conf.py", 8_000)])
def test_the_server_hands_a_long_question_on(config, letters):
    chosen = Config()
    chosen.set("limit_request_line", runpy.run_path(config)["limit_request_line"])
    sent = [b"GET /zoeken/?q=", b"a" * letters, b" HTTP/1.1\r\nHost: localhost\r\n\r\n"]

    request = next(RequestParser(chosen, iter(sent), ("127.0.0.1", 1)))

    assert len(request.query) > letters
