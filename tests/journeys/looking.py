"""What every page must stand: axe without a violation in four views, and no sideways scroll on a narrow phone."""

import json
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS, THEMES, HEIGHT, NARROW = (390, 1280), ("light", "dark"), 900, 320
# Colours that still change would be measured half-way.
SETTLE = """() => Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
    .map((one) => one.finished.catch(() => null)))"""
# The editors' screens are Wagtail's. What its own parts lack (8.0: the minimap, the inside of the field for tags, a
# first heading above the form of a snippet) we cannot mend; everything else on them counts.
EDITORS, WAGTAILS_OWN, WAGTAILS_RULES = "/beheer/", [".w-minimap", ".tagit-new"], ["page-has-heading-one"]
# In the dark only colours differ: what the other rules look at is the same document. Contrast takes three quarters of
# the time, so it is measured for the first and the last of what is painted alike all the way up to the page; on a desk
# only for what is painted otherwise than on the phone in the same colours, with all that stands in it; and every time
# for fields and for what is lifted out of the flow: that may lie on anything.
FIND = """async ([view, theme, whole, exclude, off]) => {
    const before = (window.paintedBefore ??= {})[theme], now = (paintedBefore[theme] = new Map());
    const seen = new Map(), alike = new Map(), always = [];
    for (const one of document.querySelectorAll("*")) {
        const css = getComputedStyle(one), size = parseFloat(css.fontSize), above = seen.get(one.parentElement);
        const shown = one.checkVisibility({visibilityProperty: true});
        const painted = [shown, size >= 24 || (size >= 18.5 && css.fontWeight >= 700), css.color, css.backgroundColor,
            css.backgroundImage, css.opacity, css.filter, css.textShadow].join();
        now.set(one, painted);
        const other = whole || above?.other || before.get(one) !== painted;
        const lifted = above?.lifted || ["absolute", "fixed", "sticky"].includes(css.position);
        const said = [...one.childNodes].map((node) => node.nodeType === 3 ? node.data.trim() : "").join("");
        // Of a single letter axe does not say whether it can be read.
        const kind = [above?.kind, one.tagName, one.getAttribute("class"), Math.min(said.length, 2), painted].join();
        if (!alike.has(kind)) alike.set(kind, {number: alike.size, ends: []});
        const {number, ends} = alike.get(kind);
        seen.set(one, {kind: number, lifted, other});
        if (lifted || (other && one.matches("input, select, textarea"))) always.push(one);
        else if (other) ends[Math.min(ends.length, 1)] = one;
    }
    const measured = [...always, ...[...alike.values()].flatMap(({ends}) => ends)];
    measured.forEach((one) => one.setAttribute("data-measured", ""));
    axe.configure({rules: [{id: "color-contrast", selector: "[data-measured]"}]});
    const rules = Object.fromEntries(off.map((rule) => [rule, {enabled: false}]));
    const only = theme === "dark" ? {runOnly: ["color-contrast", "link-in-text-block"]} : {};
    const found = await axe.run({exclude}, {resultTypes: ["violations"], rules, ...only});
    measured.forEach((one) => one.removeAttribute("data-measured"));
    return found.violations.map(
        (one) => `${view} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : ["the page",
    ...[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))]"""

# Of a link that stands by itself a finger reaches 44 pixels (one of them may fall between two); nothing lies on it.
CRAMPED = """() => [...document.querySelectorAll("main a, main button, main summary, main select")].filter((one) => {
    const said = one.closest("p"), inSentence = said && [...said.childNodes].some((node) => node.data?.trim());
    if (inSentence || one.closest("svg") || !one.checkVisibility()) return false;
    one.scrollIntoView({block: "center"});
    const box = one.getBoundingClientRect(), x = box.x + Math.min(box.width, 40) / 2, y = box.y + box.height / 2;
    return [-21, 0, 21].some((off) => !one.contains(document.elementFromPoint(x, y + off)));
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""


def violations(page: Page) -> list[str]:
    """Let axe look at the page on a phone and on a desk: in the light at everything, in the dark at colours."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    spared = (WAGTAILS_OWN, WAGTAILS_RULES) if urlsplit(page.url).path.startswith(EDITORS) else ([], [])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.evaluate(SETTLE)
            found += page.evaluate(FIND, [f"{width} {theme}", theme, width == WIDTHS[0], *spared])
    return found


def sideways(page: Page) -> list[str]:
    """Name what sticks out of a screen of 320 pixels."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return [f"{NARROW} too wide: {one}" for one in page.evaluate(TOO_WIDE)]


def cramped(page: Page) -> list[str]:
    """Name what a finger on a phone would miss, or hit only in part."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    return page.evaluate(CRAMPED)


def look_at(page: Page) -> None:
    """Fail when the page is not for everyone; give it back at the size and in the colours it had."""
    before = page.viewport_size
    found = violations(page) + sideways(page)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    assert not found, json.dumps({page.url: found}, indent=1, ensure_ascii=False)
