"""What an editor does in Wagtail: fill in, insert a block, and choose an action at the bottom of the form."""

from playwright.sync_api import Locator

from tests.journeys.person import Person

# Publishing writes a revision, an index and a page: on a busy machine that is the slowest press of all.
SLOWEST = 60_000


def fill(editor: Person, **fields: str) -> None:
    """Fill in fields by their name in the form; two underscores stand for the dash of a nested one."""
    for name, text in fields.items():
        field = editor.page.locator(f"[name='{name.replace('__', '-')}']").first
        editor.interactions += 1
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def fill_day(editor: Person, name: str, day: str) -> None:
    """Fill in a day and close the calendar that opens: it would lie over the buttons."""
    editor.interactions += 1
    field = editor.page.locator(f"[name='{name}']")
    calendar = editor.page.locator(".xdsoft_datetimepicker:visible").first
    field.click()
    calendar.wait_for()
    field.fill(day)
    field.press("Tab")
    calendar.wait_for(state="hidden")


def open_tab(editor: Person, name: str) -> None:
    """Go to another tab of the form."""
    editor.interactions += 1
    editor.page.get_by_role("tab", name=name).click()


def insert_block(editor: Person, stream: str, kind: str = "") -> Locator:
    """Insert a block in a stream, of this kind when there are more, and give its place."""
    place = editor.page.locator(f"[data-contentpath='{stream}']").first
    editor.interactions += 1
    place.get_by_role("button", name="Blok invoegen").last.click()
    if kind:
        editor.page.get_by_role("option", name=kind, exact=True).click()
    return place


def button_of(editor: Person, name: str) -> Locator:
    """Find an action at the bottom: the button that shows, or one of those behind it."""
    foot = editor.page.get_by_role("navigation", name="Acties (footer)")
    button = foot.get_by_role("button", name=name)
    if not button.first.is_visible():
        editor.interactions += 1
        foot.get_by_role("button", name="Meer acties").click()
        button = editor.page.get_by_role("button", name=name).or_(editor.page.get_by_role("menuitem", name=name))
    return button.first


def act(editor: Person, name: str) -> None:
    """Choose an action at the bottom."""
    button = button_of(editor, name)
    editor.interactions += 1
    with editor.page.expect_event("load", timeout=SLOWEST):
        button.click()
    wrong = editor.page.locator(".messages .error")
    assert not wrong.count(), wrong.all_inner_texts()
