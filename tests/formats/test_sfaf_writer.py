"""SFAF both ways: what is written reads back, and what does not come back equal is told."""

import math
from dataclasses import fields, replace

import pytest
from builders import a_volume, an_activity
from declared_radios import antennas, radios
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scenes import theatres

from wideberth.formats.positions import degrees
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.sfaf import read
from wideberth.formats.sfaf_writer import write_sfaf
from wideberth.model.activity import Activity, Disclosure, Flex
from wideberth.model.footprint import Circle, Everywhere
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

GEOD = Geod(ellps="WGS84")
DAY_S = 86_400.0
EMISSIONS = {"25K0F3E": 25e3, "16K0F3E": 16e3, "1M25F9W": 1.25e6, "20M0P0N": 20e6, "400HA1A": 400.0}


def back(text):
    reading = read(text.encode(), "back.sfaf", ReadOptions())
    assert not reading.is_refused
    return reading.activities


@st.composite
def places(draw):
    """Positions to the whole second, as a record says them; never 0, 0."""
    lat = degrees(draw(st.sampled_from("NS")), draw(st.integers(1, 88)), draw(st.integers(0, 59)),
                  draw(st.integers(0, 59)))  # fmt: skip
    lon = degrees(draw(st.sampled_from("EW")), draw(st.integers(0, 179)), draw(st.integers(0, 59)),
                  draw(st.integers(0, 59)))  # fmt: skip
    return lon, lat


HEIGHTS = st.one_of(
    st.integers(0, 9999).map(lambda h: HeightBand.of(float(h), float(h), Datum.GROUND)),
    st.integers(0, 999).map(lambda h: HeightBand.of(float(h), float(h))),
    st.integers(1, 998).map(lambda h: HeightBand.of(0.0, float(h), Datum.GROUND)),
)
POINTINGS = st.one_of(
    st.builds(Antenna, st.just(AntennaKind.OMNI), st.integers(-9, 60).map(float)),
    st.builds(Antenna, st.just(AntennaKind.RADAR), st.integers(-9, 60).map(float)),
    st.builds(
        lambda kind, gain, azimuth, width: Antenna(
            kind, gain, None if azimuth is None else (float(azimuth),) * 2, None, width
        ),
        st.sampled_from([AntennaKind.SECTOR, AntennaKind.PARABOLIC]),
        st.integers(-9, 60).map(float),
        st.none() | st.integers(0, 360),
        st.none() | st.sampled_from([1.0, 2.5, 90.0]),
    ),
    st.builds(
        lambda gain, elevation, low, high: Antenna(
            AntennaKind.PARABOLIC, gain, (float(low), float(high)), (float(elevation),) * 2
        ),
        st.integers(10, 60).map(float),
        st.integers(0, 90),
        st.integers(0, 360),
        st.integers(0, 360),
    ),
)


@st.composite
def sayable(draw, name="AF  260001"):
    """An activity of the subset that a record carries: nothing of it may be lost or told."""
    emission = draw(st.sampled_from(sorted(EMISSIONS)))
    middle_hz = float(draw(st.integers(30_000, 9_999_999))) * 1e3
    half_hz = EMISSIONS[emission] / 2.0
    band = FrequencyBand(middle_hz - half_hz, middle_hz + half_hz)
    days = sorted(draw(st.lists(st.integers(20_000, 40_000), min_size=2, max_size=2, unique=True)))
    window = TimeWindow(
        draw(st.sampled_from([-math.inf, days[0] * DAY_S])),
        draw(st.sampled_from([math.inf, days[1] * DAY_S])),
    )
    area = st.builds(Circle, places(), st.integers(0, 9999).map(lambda km: km * 1000.0))

    def a_station(role):
        return Volume(
            "0", Arena.SPECTRUM, draw(area), draw(HEIGHTS), window, band, role,
            draw(st.none() | st.integers(-30, 99).map(float)) if role is Role.EMIT else None,
            radio=Radio(emission=emission, antenna=draw(st.none() | POINTINGS)),
        )  # fmt: skip

    roles = draw(st.sampled_from(["e", "er", "err", "r", "rr"]))
    stations = [a_station(Role.EMIT if one == "e" else Role.RECEIVE) for one in roles]
    ids = {"e": ["tx"], "r": ["rx", "rx02"]}
    named = [replace(v, id=ids[one].pop(0)) for v, one in zip(stations, roles, strict=True)]
    return Activity(
        draw(st.sampled_from(["north", "USAF"])), name, tuple(named),
        title=draw(st.sampled_from(["", "Coast radar", "word " * 30 + "end"])),
        kind=draw(st.sampled_from(["", "FX", "MA"])),
    )  # fmt: skip


@given(sayable())
@settings(max_examples=200, deadline=None)
def test_an_assignment_that_a_record_can_say_reads_back_the_very_same(activity):
    written = write_sfaf([activity])
    assert written.problems == ()
    assert back(written.text) == (activity,)


GROUND_HEIGHTS = st.builds(
    lambda a, b: HeightBand.of(min(a, b), max(a, b), Datum.GROUND),
    st.floats(0.0, 500.0),
    st.floats(0.0, 500.0),
)
BANDS = st.builds(FrequencyBand, st.floats(1e4, 3e9), st.floats(3.1e9, 4e11))
TITLES = st.sampled_from(["", "two  spaces", "line\n005. UA", "\u2028303.", "\ud800"])


@st.composite
def any_radio_activity(draw):
    """What may well not fit: figures of any length, other shapes, masks, odd heights."""
    theatre = draw(theatres(most=2))[0]
    volumes = []
    for volume in theatre.volumes:
        if volume.freq is None and draw(st.booleans()):
            volumes.append(volume)
            continue
        changed = {
            "arena": Arena.SPECTRUM,
            "freq": draw(BANDS),
            "role": draw(st.sampled_from([Role.EMIT, Role.RECEIVE])),
            "eirp_dbm": draw(st.none() | st.floats(-100.0, 120.0)),
            "radio": draw(st.none() | radios(st.sampled_from(["", "25K0F3E"]))),
            "height": draw(st.just(volume.height) | GROUND_HEIGHTS),
        }
        if draw(st.booleans()):
            changed["footprint"] = Circle(
                (33.123456, 34.2), draw(st.sampled_from([0.0, 1234.5, 2000.0]))
            )
        volumes.append(replace(volume, **changed))
    return replace(
        theatre,
        volumes=tuple(volumes),
        party="north",
        id=draw(st.sampled_from(["N-1", "a name that is too long", "x\n110. K3"])),
        title=draw(TITLES),
        kind=draw(st.sampled_from(["", "FX", "survey"])),
        disclose=draw(st.sampled_from(Disclosure)),
        flex=draw(st.none() | st.just(Flex(1.0))),
    )


def compared(activity, found, stations):
    """Return every word and figure of an activity that its record does not give back."""
    names = [n for n in Activity.__slots__ if n not in ("volumes", "id")]
    lost = {n for n in names if getattr(activity, n) != getattr(found, n)}
    for volume, other in zip(stations, found.volumes, strict=True):
        names = [n for n in Volume.__slots__ if n not in ("id", "radio", "arena")]
        lost |= {n for n in names if getattr(volume, n) != getattr(other, n)}
        one, two = volume.radio or Radio(), other.radio or Radio()
        lost |= {f.name for f in fields(Radio) if getattr(one, f.name) != getattr(two, f.name)}
    return lost


@given(any_radio_activity())
@settings(max_examples=200, deadline=None)
def test_whatever_does_not_come_back_as_it_was_is_told_and_never_covers_less(activity):
    written = write_sfaf([activity])
    told = " ".join(p.what for p in written.problems)
    found = back(written.text)
    if not found:
        assert written.text == ""
        assert any(p.severity is Severity.ERROR for p in written.problems) or not any(
            v.arena is Arena.SPECTRUM for v in activity.volumes
        )
        return
    (record,) = found
    dropped = [v for v in activity.volumes if f"volume {v.id!r} is not written" in told]
    emits = [v for v in activity.volumes if v not in dropped and v.role is Role.EMIT]
    hears = [v for v in activity.volumes if v not in dropped and v.role is Role.RECEIVE]
    stations = emits + hears
    assert len(stations) == len(record.volumes)
    assert all(f"{name} is " in told for name in compared(activity, record, stations))
    for volume, other in zip(stations, record.volumes, strict=True):
        assert_holds(other, volume)


def assert_holds(outer, inner):
    assert outer.time.start_s <= inner.time.start_s
    assert outer.time.end_s >= inner.time.end_s
    assert outer.freq.low_hz <= inner.freq.low_hz
    assert outer.freq.high_hz >= inner.freq.high_hz
    assert (outer.eirp_dbm is None) == (inner.eirp_dbm is None) or inner.role is Role.RECEIVE
    if outer.eirp_dbm is not None:
        assert outer.eirp_dbm >= inner.eirp_dbm
    if inner.height.lower != inner.height.upper:
        assert outer.height.lower.height_m <= inner.height.lower.height_m
        assert outer.height.upper.height_m >= inner.height.upper.height_m - 1e-6
    if inner.footprint.radius_m > 0.0:
        apart_m = GEOD.inv(*outer.footprint.centre, *inner.footprint.centre)[2]
        assert apart_m + inner.footprint.radius_m <= outer.footprint.radius_m + 1e-6


def a_radar(**changes):
    volume = Volume(
        "tx",
        Arena.SPECTRUM,
        Circle((25.5, 36.5), 0.0),
        HeightBand.of(20.0, 20.0, Datum.GROUND),
        TimeWindow(20_000 * DAY_S, 20_010 * DAY_S),
        FrequencyBand(9.4e9, 9.42e9),
        Role.EMIT,
        94.0,
        radio=Radio(emission="20M0P0N", antenna=Antenna(AntennaKind.RADAR, 31.0)),
    )
    return Activity("north", "N-1", (replace(volume, **changes),))


def test_a_record_is_written_as_the_page_shows_it():
    assert write_sfaf([a_radar()]).text == (
        "005.     U\n102.     N-1\n110.     M9410\n114.     20M0P0N\n117.     94\n"
        "140.     20241004\n141.     20241013\n200.     north\n303.     363000N0253000E\n"
        "359.     20\n357.     31\n362.     R\n"
    )


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"criterion": "I/N -6 dB"}, "criterion"),
        ({"radio": Radio(service="radar", emission="20M0P0N")}, "service"),
        ({"radio": Radio(emission="20M0P0N", mask=((1e6, 20.0),))}, "mask"),
        ({"radio": Radio(emission="20M0P0N", harmonics_db=70.0)}, "harmonics_db"),
        ({"eirp_dbm": 94.123456}, "eirp_dbm"),
        ({"time": TimeWindow(20_000 * DAY_S + 3600.0, 20_010 * DAY_S)}, "time"),
        ({"footprint": Circle((25.50001, 36.5), 0.0)}, "footprint"),
        ({"height": HeightBand.of(10.0, 20.0, Datum.GROUND)}, "height"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_thing_that_a_record_does_not_carry_is_told_by_name(changes, name):
    problems = write_sfaf([a_radar(**changes)]).problems
    assert [p.severity for p in problems] == [Severity.PARTIAL]
    assert problems[0].what.startswith(f"{name} is ")
    assert "'N-1'" in problems[0].where


@pytest.mark.parametrize(
    ("activity", "why"),
    [
        (a_radar(footprint=Everywhere()), "everywhere"),
        (a_radar(height=HeightBand.of(0.0, 20.0, Datum.PRESSURE)), "heights from"),
        (a_radar(height=HeightBand(HeightLimit(0.0), HeightLimit(math.inf))), "heights from"),
        (replace(a_radar(), id="N-1234567890"), "item 102"),
        (replace(a_radar(), party="northern"), "item 200"),
    ],
    ids=["everywhere", "pressure", "unlimited", "id", "party"],
)
def test_what_has_no_form_in_sfaf_is_refused_by_name_and_not_written(activity, why):
    written = write_sfaf([activity])
    assert written.text == ""
    (problem,) = written.problems
    assert problem.severity is Severity.ERROR
    assert why in problem.what
    assert problem.remedy


def test_a_flight_is_told_not_to_be_in_the_file():
    written = write_sfaf([an_activity(a_volume())])
    assert written.text == ""
    assert ["air arena" in p.what for p in written.problems] == [True]


@given(antennas)
def test_an_antenna_that_cannot_be_said_points_anywhere_rather_than_elsewhere(antenna):
    radio = Radio(emission="20M0P0N", antenna=antenna)
    text = write_sfaf([a_radar(radio=radio)]).text
    found = back(text)[0].volumes[0].radio.antenna if text else antenna
    assert found.azimuth_deg in (None, antenna.azimuth_deg)
    assert found.elevation_deg in (None, antenna.elevation_deg)
    assert found.gain_dbi >= antenna.gain_dbi
