"""Conditions as the editors' form stores them."""

import pytest

from rechtenverkenning import seed
from rechtenverkenning.conditions import BadCondition
from rechtenverkenning.household import Kind
from rechtenverkenning.stored_conditions import BLOCKS, from_block, from_blocks, to_blocks


def test_every_kind_of_the_research_has_a_block():
    assert {spec.kind for spec in BLOCKS.values()} == set(Kind)


@pytest.mark.parametrize("right", seed.right_rows(), ids=lambda right: right["code"])
@pytest.mark.parametrize("name", ["conditions", "already", "hint_when"])
def test_conditions_lie_in_the_form_without_loss(right, name):
    assert from_blocks(to_blocks(right[name])) == seed.nodes(right[name])


def test_ages_that_are_the_wrong_way_round_are_refused():
    with pytest.raises(BadCondition):
        from_block({"type": "child_ages", "value": {"low": 18, "high": 3}})
