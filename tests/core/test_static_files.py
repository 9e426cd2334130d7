"""What a browser gets of our style: the rules, without what we say to each other."""

from django.core.files.base import ContentFile

from core.static_files import LightStorage

SHEET = b"""/* The list of
   a day. */
.row { margin: 0; } /* soon */
/*! SIL OPEN FONT LICENSE */
.row::after { content: "*"; }
"""
LIGHT = b""".row { margin: 0; } /*! SIL OPEN FONT LICENSE */
.row::after { content: "*"; }
"""


def test_our_style_goes_out_without_remarks_and_with_its_licences(tmp_path):
    storage = LightStorage(location=tmp_path)
    names = ["css/day.css", "wagtailadmin/css/core.css", "js/day.js"]

    for name in names:
        storage.save(name, ContentFile(SHEET))
    kept = storage.post_process({name: (storage, name) for name in names})
    sent = {name: (tmp_path / path).read_bytes() for name, path, _done in kept if path.endswith((".css", ".js"))}

    assert (tmp_path / "css" / "day.css").read_bytes() == LIGHT
    assert sent == {"css/day.css": LIGHT, "wagtailadmin/css/core.css": SHEET, "js/day.js": SHEET}
