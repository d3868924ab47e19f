"""The radio on the wire: all that is declared reads back, what equipage brings is never written."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_volume, an_activity
from declared_radios import radios
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import theatres

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.model.activity import Disclosure
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.volume import Arena
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import (
    WireError,
    from_wire,
    read_activity,
    to_wire,
    within_bounds,
    write_activity,
)
from wideberth.peering.wire_radio import WireAntenna, WireRadio

A_RADIO = Radio(
    "vhf_voice",
    "25K0F3E",
    Antenna(AntennaKind.SECTOR, 12.0, (350.0, 20.0), (-5.0, 30.0), 8.0),
    ((12_500.0, 40.0), (25_000.0, 60.0)),
    noise_figure_db=6.0,
    overload_dbm=-20.0,
    iip3_dbm=-5.0,
    harmonics_db=60.0,
)


def of_radio(radio):
    return an_activity(replace(a_volume(arena=Arena.SPECTRUM), radio=radio))


def written(radio=A_RADIO):
    return json.loads(write_activity(of_radio(radio)))


def raw_with(field, value, *, antenna=False):
    """Return an activity's bytes with one figure of its radio put in the place of its own."""
    whole = written()
    place = whole["volumes"][0]["radio"]
    (place["antenna"] if antenna else place)[field] = value
    return json.dumps(whole).encode()


@given(radios())
def test_every_radio_that_may_be_declared_reads_back_equal(radio):
    activity = of_radio(radio)
    assert read_activity(write_activity(activity)) == activity
    assert from_wire(within_bounds(to_wire(activity))) == activity


@given(radios())
def test_what_is_not_declared_of_a_radio_is_not_written(radio):
    said = written(radio)["volumes"][0]["radio"]
    empty = {"", None, ()}
    declared = {
        name
        for name in Radio.__slots__
        if (value := getattr(radio, name)) is not None and value not in empty
    }
    assert set(said) == declared


def test_a_volume_without_a_radio_is_written_as_before():
    assert "radio" not in written(None)["volumes"][0]


@pytest.mark.parametrize("arena", ["air", "sea"])
def test_what_equipage_brings_aboard_is_never_written(arena):
    with pytest.raises(ImpossibleValueError, match=r"volume '0'.*equipage"):
        to_wire(of_radio(replace(A_RADIO, aboard=arena)))


def test_no_one_can_send_a_radio_as_one_that_equipage_brought():
    with pytest.raises(WireError, match="unknown field"):
        read_activity(raw_with("aboard", "air"))


BEYOND = [
    ("noise_figure_db", -0.1),
    ("noise_figure_db", 60.1),
    ("overload_dbm", -150.1),
    ("overload_dbm", 100.1),
    ("iip3_dbm", 100.1),
    ("harmonics_db", -1.0),
    ("harmonics_db", 300.1),
    ("mask", [[12500.0, 40.0], [12000.0, 60.0]]),
    ("mask", [[12500.0, 40.0], [25000.0, 30.0]]),
    ("mask", [[0.0, -1.0]]),
]
OF_THE_ANTENNA = [
    ("gain_dbi", 90.1),
    ("azimuth_deg", [-1.0, 20.0]),
    ("azimuth_deg", [0.0, 360.5]),
    ("elevation_deg", [-90.5, 0.0]),
    ("elevation_deg", [10.0, 0.0]),
    ("beamwidth_deg", 0.0),
]


@pytest.mark.parametrize(
    "raw",
    [raw_with(*case) for case in BEYOND]
    + [raw_with(*case, antenna=True) for case in OF_THE_ANTENNA],
    ids=[str(case) for case in (*BEYOND, *OF_THE_ANTENNA)],
)
def test_a_figure_that_no_radio_has_is_refused_by_the_name_of_its_volume(raw):
    with pytest.raises(ImpossibleValueError, match="volume '0'"):
        read_activity(raw)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "x" * 201),
        ("emission", 25),
        ("noise_figure_db", "6"),
        ("noise_figure_db", 1e300),
        ("mask", [[1.0]]),
        ("mask", [[-1.0, 3.0]]),
        ("mask", [[float(n), 3.0] for n in range(201)]),
        ("antenna", {"kind": "horn", "gain_dbi": 3.0}),
        ("antenna", {"kind": "omni"}),
        ("antenna", {"kind": "omni", "gain_dbi": 3.0, "x_colour": 1}),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_has_not_the_form_of_a_radio_is_refused(field, value):
    with pytest.raises(WireError):
        read_activity(raw_with(field, value))


def test_a_radio_in_the_air_is_refused():
    whole = json.loads(write_activity(an_activity()))
    whole["volumes"][0]["radio"] = {"noise_figure_db": 3.0}
    with pytest.raises(WideberthError, match="volume '0'"):
        read_activity(json.dumps(whole).encode())


@given(
    theatres(
        most=2,
    ),
    radios(),
)
@settings(max_examples=50, deadline=None)
def test_of_an_extent_nothing_of_a_radio_is_seen(theatre, radio):
    volumes = tuple(
        replace(v, radio=replace(radio, emission="SEEN") if v.freq else None)
        for v in theatre[0].volumes
    )
    told = disclosed(replace(theatre[0], volumes=volumes, disclose=Disclosure.EXTENT))
    assert told is not None
    assert all(volume.radio is None for volume in told.volumes)
    assert b"SEEN" not in write_activity(told)


def test_the_written_form_has_every_field_of_the_model_but_aboard():
    assert set(WireRadio.__struct_fields__) == set(Radio.__slots__) - {"aboard"}
    assert WireAntenna.__struct_fields__ == Antenna.__slots__


@given(radios(), st.data())
@settings(max_examples=100)
def test_any_bytes_in_a_radio_are_an_activity_or_a_refusal(radio, data):
    raw = bytearray(write_activity(of_radio(radio)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(raw.find(b'"radio"'), len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        read = read_activity(bytes(raw))
    except WideberthError:
        return
    assert read_activity(write_activity(read)) == read


def test_the_page_names_every_field_of_a_radio():
    page = Path(__file__).parents[2] / "docs" / "protocol" / "activity.md"
    named = set(re.findall(r"`([a-z0-9_]+)`", page.read_text(encoding="utf-8")))
    assert {*WireRadio.__struct_fields__, *WireAntenna.__struct_fields__} <= named
