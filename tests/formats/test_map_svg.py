from xml.etree import ElementTree as ET

from builders import a_volume, an_activity
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.map_svg import Area, activity_map
from wideberth.model.footprint import Circle, Everywhere

SVG = "{http://www.w3.org/2000/svg}"
NORTH = an_activity(a_volume(Circle((33.0, 34.0), 20000.0)), name="N-1")
SOUTH = an_activity(a_volume(Circle((33.6, 34.0), 20000.0)), party="south", name="S-1")


def words_of(svg):
    return [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_each_party_has_a_letter_a_line_and_a_key():
    svg = activity_map([SOUTH, NORTH])
    said = words_of(svg)
    assert {"A  north", "B  south", "A  N-1", "B  S-1"} <= set(said)
    outlines = [p for p in ET.fromstring(svg).iter(f"{SVG}path") if p.get("fill-opacity")]
    assert len({(p.get("stroke"), p.get("stroke-dasharray")) for p in outlines}) == 2


def test_an_area_is_named_and_alone_is_enough():
    assert "theatre" in words_of(activity_map([], [Area("theatre", Circle((33, 34), 9e4))]))


def test_nothing_that_has_an_edge_is_no_map():
    assert activity_map([]) is None
    assert activity_map([], [Area("all", Everywhere())]) is None


@settings(max_examples=20, deadline=None)
@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_no_name_breaks_out_of_the_picture(name):
    bare = len(list(ET.fromstring(activity_map([NORTH], [])).iter()))
    found = ET.fromstring(activity_map([an_activity(*NORTH.volumes, name=name)]))
    assert len(list(found.iter())) <= bare
