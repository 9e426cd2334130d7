"""The watch over the journeys can fail: it hears a script that breaks, a policy that is broken, and sees a bad page."""

import pytest

from tests.journeys.looking import look_at, sideways, violations

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    "break_it",
    [
        "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
        "document.body.setAttribute('style', 'color: red')",
        "document.body.append(Object.assign(new Image(), {src: 'https://elders.example/x.png'}))",
        "setTimeout(() => { throw new Error('stuk') }, 0)",
        "console.error('stuk')",
        "fetch('/nergens/')",
    ],
    ids=["inline script", "inline style", "picture from elsewhere", "error in a script", "complaint", "404"],
)  # fmt: skip
def test_what_goes_wrong_on_a_page_is_heard(person, break_it):
    visitor = person()
    visitor.go("/over/")

    visitor.page.evaluate(f"() => {{ {break_it} }}")
    visitor.page.wait_for_timeout(300)

    assert visitor.problems
    visitor.problems.clear()


@pytest.mark.parametrize(
    "spoil",
    [
        "document.querySelector('label').remove()",
        "document.querySelector('h1').style.color = '#999'",
        "const band = document.createElement('div'); document.querySelector('h1').before(band);"
        "Object.assign(band.style, {background: '#222', height: '4rem', marginBottom: '-4rem'})",
        "document.documentElement.removeAttribute('lang')",
        "document.querySelector('main').appendChild(document.createElement('p')).style.width = '400px'",
    ],
    ids=["a field without a label", "grey on white", "a ground of its neighbour", "no language", "too wide"],
)
def test_a_page_that_is_not_for_everyone_is_seen(person, spoil):
    visitor = person()
    visitor.go("/account/login/")
    look_at(visitor.page)

    visitor.page.evaluate(f"() => {{ {spoil} }}")

    assert violations(visitor.page) + sideways(visitor.page)
