"""What an assurance promises comes back from its written form as it was."""

import drawing
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import scales_m
from scope_scenes import scopes

from wideberth.peering.wire_scope import WireScope, scope_from_wire, scope_to_wire

KINDS = st.sampled_from((("*",), ("gunnery",), ("gunnery", "drop")))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_scope_comes_back_as_it_was(data):
    anchor, scale_m = data.draw(st.sampled_from(drawing.ANCHORS)), data.draw(scales_m)
    scope = data.draw(scopes(anchor, scale_m))
    wire = msgspec.structs.replace(scope_to_wire(scope), kinds=data.draw(KINDS))
    back = msgspec.json.decode(msgspec.json.encode(wire), type=WireScope)
    assert back == wire
    again = scope_from_wire(back)
    assert scope_to_wire(again) == wire
    assert scope_from_wire(back, is_checked=True) == again
    assert (again.window, again.arenas, again.area) == (scope.window, scope.arenas, scope.area)
    assert (again.heights, again.band) == (scope.heights, scope.band)


@pytest.mark.parametrize(
    "text",
    [
        '{"start_s": 0, "end_s": 1, "arenas": []}',
        '{"start_s": 0, "end_s": 1, "arenas": ["land"]}',
        '{"start_s": 0, "end_s": 1, "arenas": ["air"], "targets": []}',
        '{"start_s": 0, "end_s": null, "arenas": ["air"]}',
        '{"start_s": -1, "end_s": 1, "arenas": ["air"]}',
    ],
)
def test_what_is_no_scope_is_not_read(text):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=WireScope)
