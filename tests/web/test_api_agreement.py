"""The agreement as the API shows it is the whole agreement."""

import math
from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest
from web_scenes import Node

from wideberth.formats import agreement_toml
from wideberth.formats.reading import ReadOptions
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Polygon
from wideberth.model.span import TimeWindow
from wideberth.node.people import Role
from wideberth.peering.wire_footprint import WireFootprint, footprint_from_wire
from wideberth.web.api_agreement import AgreementView, view_of

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("*/agreement.toml"))


def read(path):
    agreement = agreement_toml.read(path.read_bytes(), path.name, ReadOptions()).agreement
    assert agreement is not None
    return agreement


def shown(agreement):
    node = Node()
    node.desk.agreement = agreement
    answer = node.as_role(Role.OBSERVER).get("/api/v1/agreement")
    assert answer.status_code == 200
    return answer.json()


def footprint(said):
    return None if said is None else footprint_from_wire(msgspec.convert(said, WireFootprint))


def test_nothing_of_an_agreement_is_left_out():
    as_two = {"validity": {"start_s", "end_s"}}
    wanted = set().union(*(as_two.get(one.name, {one.name}) for one in fields(Agreement)))
    assert set(AgreementView.__struct_fields__) == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_an_agreement_is_shown_as_it_was_read(path):
    agreement = read(path)
    said = shown(agreement)
    assert footprint(said["theatre"]) == agreement.theatre
    pairs = [
        (tuple(one["arenas"]), one["clause"], one["lateral_m"], one["time_s"], one["freq_hz"])
        for one in said["separations"]
    ]
    assert pairs == [
        (one.arenas, one.clause, one.minima.lateral_m, one.minima.time_s, one.minima.freq_hz)
        for one in agreement.separations
    ]
    heights = [one["vertical_m"] for one in said["separations"]]
    assert [math.inf if one is None else one for one in heights] == [
        one.minima.vertical_m for one in agreement.separations
    ]
    areas = [footprint(one["area"]) for one in said["restrictions"]]
    assert areas == [one.area for one in agreement.restrictions]
    points = tuple((one["name"], (one["lon_deg"], one["lat_deg"])) for one in said["named_points"])
    assert points == agreement.named_points
    assert msgspec.convert(said["notice"], type(agreement.notice)) == agreement.notice
    assert said["builtin"] is agreement.builtin


def test_the_examples_say_everything_that_can_be_shown():
    read_all = [read(path) for path in FILES]
    for name in ("theatre", "restrictions", "named_points", "separations"):
        assert any(getattr(agreement, name) for agreement in read_all), name
    notices = [agreement.notice for agreement in read_all]
    for name in ("deadlines", "escalation", "reactions", "units"):
        assert any(getattr(notice, name) for notice in notices), name


@pytest.mark.parametrize(
    ("validity", "ends"),
    [
        (None, [None, None]),
        (TimeWindow(-math.inf, 2e9), [None, 2e9]),
        (TimeWindow(1e9, math.inf), [1e9, None]),
    ],
)
def test_open_ends_of_its_validity_are_null(validity, ends):
    agreement = replace(read(FILES[0]), validity=validity)
    said = shown(agreement)
    assert [said["start_s"], said["end_s"]] == ends
    assert isinstance(agreement.theatre, Polygon)
    assert msgspec.convert(said, AgreementView) == view_of(agreement)


def test_what_is_agreed_on_radio_is_shown_row_by_row():
    agreement = read(FILES[0])
    said = shown(agreement)["spectrum"]
    rules = agreement.spectrum
    assert said["time_percent"] == rules.time_percent
    rows = {row["id"]: row for row in said["protections"]}
    assert set(rows) == {row.id for row in rules.protections}
    for row in rules.protections:
        assert rows[row.id]["verified"] == row.verified
        assert rows[row.id]["criterion"]["value"] == row.criterion.value
        assert rows[row.id]["band"] == {"low_hz": row.band.low_hz, "high_hz": row.band.high_hz}
    assert [one["id"] for one in said["equipages"]] == [one.id for one in rules.equipages]
    assert {one["source"] for one in shown(agreement)["restrictions"]} == {
        one.source for one in agreement.restrictions
    }
