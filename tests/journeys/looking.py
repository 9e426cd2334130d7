"""What every page must stand: axe without a violation in four views, and no sideways scroll on a narrow phone."""

import json
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

NARROW, PHONE, DESK, HEIGHT = 320, 390, 1280, 900
# From one to the next either the width changes or the colours.
VIEWS = ((PHONE, "light"), (PHONE, "dark"), (DESK, "dark"), (DESK, "light"))
# The editors' screens are Wagtail's. What its own parts lack (8.0: the minimap, the inside of the field for tags, a
# first heading above the form of a snippet) we cannot mend; everything else on them counts.
EDITORS, WAGTAILS_OWN, WAGTAILS_RULES = "/beheer/", [".w-minimap", ".tagit-new"], ["page-has-heading-one"]
# What shows a text, by how it is painted all the way up to the page. Colours that still change would be measured
# half-way. Of a single letter axe does not say whether it can be read, and of a field that is off it does not ask. A
# stray lies on a ground that is not around it, or reaches out of the one that is: that may be anything.
KINDS = """async () => {
    await Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
        .map((one) => one.finished.catch(() => null)));
    const seen = new Map(), grounds = [], texts = [];
    const hash = (text) => {
        let number = 2166136261;
        for (let place = 0; place < text.length; place++)
            number = Math.imul(number ^ text.charCodeAt(place), 16777619);
        return number;
    };
    const lines = (node) => {
        const range = document.createRange();
        range.selectNode(node);
        return [...range.getClientRects()];
    };
    for (const one of document.querySelectorAll("*")) {
        const css = getComputedStyle(one), size = parseFloat(css.fontSize), above = seen.get(one.parentElement);
        const field = one.matches("input, select, textarea"), box = one.getBoundingClientRect();
        const ground = css.backgroundColor !== "rgba(0, 0, 0, 0)" || css.backgroundImage !== "none"
            || one.matches("img, svg, canvas, video, iframe");
        const words = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
        const said = field ? one.value || one.placeholder || "" : words.map((node) => node.data.trim()).join("");
        const kind = hash([above?.kind, one.tagName, one.getAttribute("class"), one.disabled, Math.min(said.length, 2),
            size >= 24 || (size >= 18.5 && css.fontWeight >= 700), css.color, css.backgroundColor, css.backgroundImage,
            css.opacity, css.filter, css.textShadow].join());
        const around = ground ? box : above?.around;
        seen.set(one, {kind, around});
        if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        if (ground) grounds.push([one, box]);
        if (said || field) texts.push({one, kind, field, around, lines: field ? [box] : words.flatMap(lines)});
    }
    const within = (box, other) => box.left >= other.left - 1 && box.right <= other.right + 1
        && box.top >= other.top - 1 && box.bottom <= other.bottom + 1;
    const meet = (box, other) => box.left < other.right - 1 && box.right > other.left + 1
        && box.top < other.bottom - 1 && box.bottom > other.top + 1;
    const astray = ({one, around, lines}) => lines.some((line) => (around && !within(line, around))
        || grounds.some(([ground, box]) => meet(line, box) && !ground.contains(one) && !one.contains(ground)));
    const {true: strays = [], false: others = []} = Object.groupBy(texts, astray);
    Object.assign(window, {strays, alike: Map.groupBy(others, ({kind}) => kind)});
    return [...alike.keys()];
}"""
# In the dark only colours differ: what the other rules look at is the same document. Contrast takes three quarters of
# the time, so it is measured for the strays, and of a kind for the fields, the first and the last; but not of a kind of
# which axe said before, in any view of any page, that all of these pass.
FIND = """async ([view, theme, known, exclude, off]) => {
    const asked = [...alike].filter(([kind]) => !known.includes(kind)).map(([kind, all]) =>
        [kind, all.filter(({field}, place) => field || place === 0 || place === all.length - 1)]);
    const measured = [strays, ...asked.map(([, all]) => all)].flat().map(({one}) => one);
    measured.forEach((one) => one.setAttribute("data-measured", ""));
    axe.configure({rules: [{id: "color-contrast", selector: "[data-measured]"}]});
    const rules = Object.fromEntries(off.map((rule) => [rule, {enabled: false}]));
    const only = theme === "dark" ? {runOnly: ["color-contrast", "link-in-text-block"]} : {};
    const found = await axe.run({exclude}, {resultTypes: ["violations", "passes"], elementRef: true, rules, ...only});
    measured.forEach((one) => one.removeAttribute("data-measured"));
    const good = new Set(found.passes.filter(({id}) => id === "color-contrast")
        .flatMap(({nodes}) => nodes.map(({element}) => element)));
    return {
        passed: asked.filter(([, all]) => all.every(({one}) => good.has(one))).map(([kind]) => kind),
        wrong: found.violations.map((one) =>
            `${view} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`),
    };
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : ["the page",
    ...[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))]"""

# Of a link that stands by itself a finger reaches 44 pixels (one of them may fall between two); nothing lies on it.
CRAMPED = """() => [...document.querySelectorAll(
    "body a:not(.skip), body button, body summary, body select"
)].filter((one) => {
    const said = one.closest("p"), inSentence = said && [...said.childNodes].some((node) => node.data?.trim());
    if (inSentence || one.closest("svg, [aria-hidden=true]") || !one.checkVisibility()) return false;
    one.scrollIntoView({block: "center"});
    const box = one.getBoundingClientRect(), x = box.x + Math.min(box.width, 40) / 2, y = box.y + box.height / 2;
    return [-21, 0, 21].some((off) => !one.contains(document.elementFromPoint(x, y + off)));
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""

# Somebody, a house or a service may be called by one word of sixty signs.
LENGTHEN = """(names) => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    let changed = 0;
    while (walker.nextNode()) {
        const before = walker.currentNode.data;
        walker.currentNode.data = names.reduce((text, name) => text.replaceAll(name, name.padEnd(60, "x")), before);
        changed += before !== walker.currentNode.data;
    }
    return changed;
}"""


# The kinds of which axe said that their contrast passes.
_passed: set[int] = set()


def violations(page: Page) -> list[str]:
    """Let axe look at the page on a phone and on a desk: in the light at everything, in the dark at colours."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    spared = (WAGTAILS_OWN, WAGTAILS_RULES) if urlsplit(page.url).path.startswith(EDITORS) else ([], [])
    for width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme)
        known = _passed.intersection(page.evaluate(KINDS))
        said = page.evaluate(FIND, [f"{width} {theme}", theme, [*known], *spared])
        _passed.update(said["passed"])
        found += said["wrong"]
    return found


def sideways(page: Page) -> list[str]:
    """Name what sticks out of a screen of 320 pixels."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return [f"{NARROW} too wide: {one}" for one in page.evaluate(TOO_WIDE)]


def lengthen(page: Page, names: tuple[str, ...]) -> int:
    """Make words of sixty signs of these names, and tell how many texts hold one."""
    return page.evaluate(LENGTHEN, names)


def cramped(page: Page) -> list[str]:
    """Name what a finger on a phone would miss, or hit only in part."""
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    return page.evaluate(CRAMPED)


def look_at(page: Page) -> None:
    """Fail when the page is not for everyone; give it back at the size and in the colours it had."""
    before = page.viewport_size
    found = sideways(page) + violations(page)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    assert not found, json.dumps({page.url: found}, indent=1, ensure_ascii=False)
