"""Maps from boundaries."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebied.models import Municipality
from sociale_kaart.map import BLEED, Frame, Spot, _clipped, _simplified, draw

OOSTKAMP = (51.15, 3.24)
FRAME = Frame(51.15, 3.2, 12.0, 352, 198)


@pytest.fixture
def oostkamp(places):
    return Municipality.objects.get(name="Oostkamp")


def test_the_municipality_itself_its_zone_and_others_are_told_apart(oostkamp):
    drawing = draw([Spot(OOSTKAMP)], here=oostkamp, size=(352, 352))

    kinds = {shape.name: shape.kind for shape in drawing.shapes}

    assert {name: kinds[name] for name in ("Brugge", "Zedelgem", "Beernem", "Oostkamp")} == {
        "Brugge": "far", "Zedelgem": "near", "Beernem": "near", "Oostkamp": "here",
    }  # fmt: skip
    assert drawing.shapes[-1].name == "Oostkamp"


def test_a_single_place_stands_in_the_middle_and_its_name_under_it(oostkamp):
    drawing = draw([Spot(OOSTKAMP)], here=oostkamp)

    assert (drawing.pins[0].x, drawing.pins[0].y) == (176, 99)
    assert next(label.y for label in drawing.labels if label.text == "Oostkamp") >= drawing.pins[0].y + 12


def test_the_ring_has_its_size_and_all_pins_lie_in_the_picture(oostkamp):
    spots = [Spot((51.15, 3.24), number=1), Spot((51.23, 3.22), number=2, tone="outline")]

    drawing = draw(spots, centre=(51.14, 3.14), ring_km=10, size=(640, 768))

    assert drawing.ring.radius == pytest.approx(2 * drawing.scale, abs=0.2)
    assert all(0 <= pin.x <= 640 and 0 <= pin.y <= 768 for pin in drawing.pins)
    assert drawing.ring.x - drawing.ring.radius >= 0
    assert drawing.ring.x + drawing.ring.radius <= 640


def test_no_name_is_printed_over_another(oostkamp):
    labels = draw([Spot(OOSTKAMP), Spot((50.9, 3.0))], here=oostkamp, size=(360, 360)).labels

    assert not any(one.overlaps(other) for one in labels for other in labels if one is not other)
    assert len(labels) > 10
    assert labels[0].text == "Oostkamp"


def test_nothing_is_printed_over_a_pin_or_over_the_start(oostkamp):
    places = [
        (51.1 + 0.017 * row, 3.05 + 0.03 * column) for row in range(9) for column in range(9) if (row + column) % 3
    ]
    spots = [Spot(place, number) for number, place in enumerate(places, start=1)]

    drawn = draw(spots, here=oostkamp, centre=OOSTKAMP, ring_km=10, size=(420, 480))

    sides = {label: len(label.text) * 4.2 for label in drawn.labels}
    boxes = [(pin.x, pin.y - 30, pin.y, 20 if pin.more else 12) for pin in drawn.pins]
    start = (drawn.ring.x, drawn.ring.y - 5, drawn.ring.y + 5, 5)
    assert {"Oostkamp", "Brugge", "Zedelgem"} & {label.text for label in drawn.labels}
    assert not [
        (label.text, box)
        for label, side in sides.items()
        for box in [*boxes, start]
        if abs(label.x - box[0]) < side + box[3] and box[1] < label.y and label.y - 11 < box[2]
    ]
    assert not [(one, other) for one in drawn.pins for other in drawn.pins if one is not other and one.covers(other)]


def test_there_is_no_map_without_a_place(places):
    assert draw([]) is None


def test_a_place_outside_the_known_boundaries_still_has_its_pin(places):
    drawing = draw([Spot((48.8, 2.3))])

    assert (drawing.shapes, len(drawing.pins)) == ([], 1)


points = st.tuples(st.floats(-500, 900), st.floats(-500, 900))


@given(st.lists(points, min_size=3, max_size=30))
def test_what_is_cut_lies_in_the_frame(ring):
    for x, y in _clipped(ring, FRAME):
        assert -BLEED - 1e-6 <= x <= FRAME.width + BLEED + 1e-6
        assert -BLEED - 1e-6 <= y <= FRAME.height + BLEED + 1e-6


@given(st.lists(points, max_size=40), st.floats(0.1, 20))
def test_a_simpler_line_keeps_its_ends_and_invents_no_point(ring, tolerance):
    simpler = _simplified(ring, tolerance)

    assert set(simpler) <= set(ring)
    assert not ring or (simpler[0], simpler[-1]) == (ring[0], ring[-1])


@given(st.floats(50, 52), st.floats(2, 6))
def test_north_is_up_and_east_is_right(latitude, longitude):
    x, y = FRAME.place((latitude, longitude))
    further_east, _same = FRAME.place((latitude, longitude + 0.01))
    _same, further_north = FRAME.place((latitude + 0.01, longitude))

    assert further_east > x
    assert further_north < y


def test_a_path_holds_numbers_with_a_point_only(oostkamp):
    drawing = draw([Spot(OOSTKAMP)], here=oostkamp)

    assert all(re.fullmatch(r"[MLz\d.,\-e]+", shape.path) for shape in drawing.shapes)


def test_numbers_in_one_place_stand_as_one_pin_that_counts_them(oostkamp):
    here, far = (51.155, 3.235), (51.2, 3.3)
    spots = [Spot(far, 4), Spot(here, 3), Spot(here, 2), Spot(here, 1, "chosen")]

    drawn = draw(spots)

    assert [(pin.spot.number, pin.more) for pin in drawn.pins] == [(4, 0), (1, 2)]
    assert drawn.gathered
