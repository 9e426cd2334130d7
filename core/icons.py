"""The icons of the platform: inner SVG markup on a 24 grid, one stroke, drawn in the text colour."""

from math import cos, radians, sin

RING = '<circle cx="12" cy="12" r="8.75"/>'
QUESTION = '<path d="M9.6 9.7a2.4 2.4 0 1 1 3.7 2c-.8.6-1.3 1-1.3 2M12 16.4v.1"/>'
HOUSE = '<path d="M3 11.4 12 4l9 7.4M5.5 9.6v10.9h13V9.6"/>'
DOT = 'fill="currentColor" stroke="none"'

MOVE = {
    "right": '<path d="M4 12h16m-6-6 6 6-6 6"/>',
    "left": '<path d="M20 12H4m6-6-6 6 6 6"/>',
    "down": '<path d="m5.5 8.8 6.5 6.5 6.5-6.5"/>',
    "back": '<path d="M9 4.8 3.8 10 9 15.2M3.8 10h9.7c4.1 0 6.7 2.6 6.7 6.7v2.5"/>',
    "pass": '<path d="M3.5 20v-9.5H15m-4.3-4.3 4.3 4.3-4.3 4.3M20.5 4v16"/>',
    "send": '<path d="M20.5 3.5 3.3 10.2l7.2 3.3 3.3 7.2zM20.5 3.5l-10 10"/>',
    "in": '<path d="M12 3.5v11M8 10.5l4 4 4-4M3.5 14v6.5h17V14"/>',
    "out": '<path d="M12 14.5v-11M8 7.5l4-4 4 4M3.5 14v6.5h17V14"/>',
    "menu": '<path d="M3.5 6h17M3.5 12h17M3.5 18h11"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "pencil": '<path d="m4 20 1-4.6L16.3 4.1a1.5 1.5 0 0 1 2.2 0l1.4 1.4a1.5 1.5 0 0 1 0 2.2L8.6 19zM14 6.4l3.6 3.6"/>',
}

STATE = {
    "turn": '<path d="M5.5 3.5h13M5.5 20.5h13M7.3 3.5v3L12 12l4.7-5.5v-3M7.3 20.5v-3L12 12l4.7 5.5v3"/>',
    "clock": RING + '<path d="M12 7v5.2l3.4 2"/>',
    "reached": RING + '<path d="m8 12.2 2.9 2.9 5.2-5.6"/>',
    "check": '<path d="m4.5 12.6 5 5L19.5 7"/>',
    "stop": RING + '<path d="m9 9 6 6m0-6-6 6"/>',
    "unknown": '<circle cx="12" cy="12" r="8.75" stroke-dasharray="3.5 2"/>' + QUESTION,
    "full": (
        f'<path {DOT} fill-rule="evenodd" d="M12 2.4a9.6 9.6 0 1 0 0 19.2 9.6 9.6 0 0 0 0-19.2z'
        'M7 12.7l3.8 3.8 6.4-6.4-1.5-1.5-4.9 4.9-2.3-2.3z"/>'
    ),
    "half": RING + f'<path {DOT} d="M12 3.3a8.7 8.7 0 0 0 0 17.4z"/>',
    "empty": RING + '<path d="M8 12h8"/>',
    "lock": '<path d="M5 10.5h14v10H5zM8 10.5V7.8a4 4 0 0 1 8 0v2.7M12 14.5v2"/>',
    "eye": '<path d="M2.5 12c2.2-4 5.6-6.2 9.5-6.2s7.3 2.2 9.5 6.2c-2.2 4-5.6 6.2-9.5 6.2S4.7 16 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "hidden": (
        '<path d="M4 3.8 20.2 20M9.3 6.1a9.6 9.6 0 0 1 2.7-.3c3.9 0 7.3 2.2 9.5 6.2a15 15 0 0 1-2.9 3.6'
        'M15.4 17.5a9.4 9.4 0 0 1-3.4.7c-3.9 0-7.3-2.2-9.5-6.2a14.6 14.6 0 0 1 3.9-4.4M10 10a2.8 2.8 0 0 0 4 4"/>'
    ),
    "warning": '<path d="M12 3.8 2.6 20.2h18.8zM12 10v4.6M12 17.3v.1"/>',
    "info": RING + '<path d="M12 11.2v5.3M12 7.7v.1"/>',
    "help": RING + QUESTION,
    "offline": (
        '<path d="M4 3.8 20.2 20M12 19v.1M8.8 15.6a4.7 4.7 0 0 1 4.5-1.2M5.7 12.2a9.4 9.4 0 0 1 3.6-2.3'
        'M13 9.4a9.4 9.4 0 0 1 5.3 2.8M2.6 8.8a13.6 13.6 0 0 1 3.2-2.3M9.9 5.2a13.8 13.8 0 0 1 11.5 3.6"/>'
    ),
}

THINGS = {
    "search": '<circle cx="10.5" cy="10.5" r="6.7"/><path d="m15.4 15.4 5.1 5.1"/>',
    "day": '<path d="M4 20.5V9.6l8-6.1 8 6.1v10.9h-5v-6.3a.9.9 0 0 0-.9-.9H9.9a.9.9 0 0 0-.9.9v6.3z"/>',
    "person": '<circle cx="12" cy="7.6" r="4"/><path d="M4.5 20.5c.2-4 3.3-6.3 7.5-6.3s7.3 2.3 7.5 6.3"/>',
    "people": (
        '<circle cx="9" cy="7.6" r="3.7"/><path d="M2.3 20.3c.2-3.7 2.9-5.9 6.7-5.9s6.5 2.2 6.7 5.9'
        'M15.4 4.1a3.7 3.7 0 0 1 0 7M18 14.9c2.2.9 3.5 2.8 3.7 5.4"/>'
    ),
    "phone": (
        '<path d="M5.2 3.5h3.5l1.8 4.7-2.3 1.7a12.5 12.5 0 0 0 5.9 5.9l1.7-2.3 4.7 1.8v3.5a1.9 1.9 0 0 1-2 1.9'
        'C10.7 20.2 3.8 13.3 3.3 5.5a1.9 1.9 0 0 1 1.9-2z"/>'
    ),
    "mail": '<path d="M3 5.3h18v13.4H3zM3.4 6.2l8.6 6.9 8.6-6.9"/>',
    "talk": '<path d="M3.5 4.5h17v12h-8.7L7 20.5v-4H3.5zM8 8.8h8M8 12.3h5.3"/>',
    "words": (
        '<path d="M10.3 7c-2.9.5-5.3 2.7-5.3 6.3v3.2h5v-4.3H5.1M19.8 7c-2.9.5-5.3 2.7-5.3 6.3v3.2h5v-4.3h-4.9"/>'
    ),
    "pin": '<path d="M12 21.3c-4.2-4.3-6.7-7.7-6.7-11a6.7 6.7 0 0 1 13.4 0c0 3.3-2.5 6.7-6.7 11z"/>'
    '<circle cx="12" cy="10.2" r="2.4"/>',
    "map": '<path d="M3.5 6.4 9 4l6 2.4L20.5 4v13.6L15 20l-6-2.4L3.5 20zM9 4v13.6M15 6.4V20"/>',
    "list": (
        f'<path d="M9 6h11.5M9 12h11.5M9 18h11.5"/><g {DOT}><circle cx="4.6" cy="6" r="1.3"/>'
        '<circle cx="4.6" cy="12" r="1.3"/><circle cx="4.6" cy="18" r="1.3"/></g>'
    ),
    "calendar": '<path d="M3.8 5.5h16.4v15H3.8zM3.8 10h16.4M8 3.2v4.3M16 3.2v4.3"/>',
    "print": '<path d="M7 8.5v-5h10v5M7 17H3.5V8.5h17V17H17M7 13.7h10v6.8H7z"/>',
    "qr": (
        '<path d="M3.8 3.8H10V10H3.8zM14 3.8h6.2V10H14zM3.8 14H10v6.2H3.8zM14 14h2.7v2.7M20.2 14v2.2'
        'M14 20.2v-.1M17.3 20.2h2.9v-.7M20.2 19v-.2"/>'
    ),
    "language": '<path d="M2.8 5.8h10.6M8 3.4v2.4M11 5.8c-.7 4-3.6 7-7.7 8.4M5.4 8.9c1.3 2.4 3.3 4.2 6 5.3'
    'M11.8 20.6l4.6-11.2L21 20.6M13.4 16.8h6"/>',
    "euro": '<path d="M18.3 6.4a7.3 7.3 0 1 0 0 11.2M3.6 10.3H13M3.6 13.7h8.1"/>',
    "paper": '<path d="M5.5 3.5h9l4 4v13h-13zM14.3 3.7v4h4M9 12.3h6M9 16h6"/>',
    "gear": '<path d="M3.5 7.5h9.3M18.2 7.5h2.3M3.5 16.5h2.3M11.2 16.5h9.3"/><circle cx="15.5" cy="7.5" r="2.7"/>'
    '<circle cx="8.5" cy="16.5" r="2.7"/>',
    "key": '<circle cx="7.8" cy="16.2" r="4.3"/><path d="m10.9 13.1 9.3-9.3M15.4 8.6l2.9 2.9M18.2 5.8l1.9 1.9"/>',
    "chart": '<path d="M3.5 20.5h17M6.3 17v-4.5M12 17V4.5M17.7 17V9"/>',
    "screen": '<path d="M5 5h14v11H5zM2.5 19.2h19"/>',
    "table": (
        '<path d="M7 9h10v6H7z"/><circle cx="12" cy="4.6" r="1.7"/><circle cx="12" cy="19.4" r="1.7"/>'
        '<circle cx="3.4" cy="12" r="1.7"/><circle cx="20.6" cy="12" r="1.7"/>'
    ),
}

NEEDS = {
    "n-money": RING + '<path d="M15.6 9a4.3 4.3 0 1 0 0 6M6.8 11h5.6M6.8 13.3h4.6"/>',
    "n-home": HOUSE + '<path d="M9.7 20.5v-5.4h4.6v5.4"/>',
    "n-bed": '<path d="M2.8 4.8v14.4M2.8 16.3h18.4v2.9M21.2 16.3v-3.6a2.7 2.7 0 0 0-2.7-2.7H11v6.3"/>'
    '<circle cx="6.9" cy="11.5" r="2"/>',
    "n-family": '<circle cx="8.3" cy="6.8" r="3.5"/><path d="M2 20.3c.2-3.9 2.6-6.5 6.3-6.5 1.6 0 3 .5 4 1.4"/>'
    '<circle cx="17" cy="12.3" r="2.6"/><path d="M12.3 20.5c.2-2.6 2-4.2 4.7-4.2s4.5 1.6 4.7 4.2"/>',
    "n-health": '<path d="M12 20.5C6.3 16.4 3 13 3 9.1a4.8 4.8 0 0 1 9-2.3 4.8 4.8 0 0 1 9 2.3c0 3.9-3.3 7.3-9 11.4z'
    'M12 9.2v5.4M9.3 11.9h5.4"/>',
    "n-mind": '<path d="M7 18.6a4.4 4.4 0 0 1-.6-8.8 6 6 0 0 1 11.5 1.4 3.8 3.8 0 0 1-.6 7.4z"/>',
    "n-glass": '<path d="M7 3.5h10l-.5 5.3a4.5 4.5 0 0 1-9 0zM7.4 8h9.2M12 13.3v7.2M8 20.5h8"/>',
    "n-care": HOUSE + '<path d="M12 17.7c-2.5-1.7-3.7-3.1-3.7-4.7a1.9 1.9 0 0 1 3.7-.8 1.9 1.9 0 0 1 3.7.8'
    'c0 1.6-1.2 3-3.7 4.7z"/>',
    "n-wheel": '<circle cx="10.3" cy="4.2" r="1.8"/><path d="M10.3 8.4v5.9h5.4l2.9 5.6 1.9-.9M10.3 11h4.6'
    'M7.7 11.3a5.2 5.2 0 1 0 7 6.7"/>',
    "n-work": '<path d="M3 8h18v12H3zM8.5 8V4.4h7V8M3 13.6h18M12 12.2v2.8"/>',
    "n-shield": '<path d="M12 2.9l8 2.8v5.8c0 4.7-3 8-8 9.8-5-1.8-8-5.1-8-9.8V5.7zM12 8.2v4.7M12 16v.1"/>',
    "n-law": '<path d="M12 3.4v17.1M7.5 20.5h9M4 6.3h16M5.3 6.3 2.4 14a3 3 0 0 0 5.8 0z'
    'M18.7 6.3 15.8 14a3 3 0 0 0 5.8 0z"/>',
    "n-new": '<path d="M3 4h11.7v8.4H9.2L6 15.4v-3H3zM17.8 9H21v8.3h-2.6v3l-3.3-3h-4.6v-2"/>',
    "n-cup": '<path d="M4.3 9.7h12.2v6.4a4 4 0 0 1-4 4H8.3a4 4 0 0 1-4-4zM16.5 11.2h1.4a2.8 2.8 0 0 1 0 5.6h-1.4'
    'M8 3.5v2.8M12.7 3.5v2.8"/>',
    "n-bus": '<path d="M4 4.3h16V17H4zM4 11.5h16M12 4.3v7.2M6.7 17v3.2M17.3 17v3.2M7.5 14.2h.1M16.4 14.2h.1"/>',
    "n-bolt": '<path d="M13.6 3 5 13.6h5.6L9.5 21 19 10h-6.2z"/>',
}


def pie(percent: int) -> str:
    """Draw a deadline as a pie: what is used up is filled. Beyond 100 counts as 100, below 0 as 0."""
    used = min(max(percent, 0), 100)
    if used == 0:
        return RING
    if used == 100:
        return RING + f'<circle {DOT} cx="12" cy="12" r="6"/>'
    angle = radians(used * 3.6)
    x, y = 12 + 5.6 * sin(angle), 12 - 5.6 * cos(angle)
    return RING + f'<path {DOT} d="M12 12V6.4a5.6 5.6 0 {int(used > 50)} 1 {x - 12:.2f} {y - 6.4:.2f}z"/>'


PIES = {f"pie-{percent}": pie(percent) for percent in (0, 25, 50, 75, 100)}

ICONS = MOVE | STATE | THINGS | NEEDS | PIES
