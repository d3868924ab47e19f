"""Emissions and receivers for tests, and strategies that draw them where the rules change."""

import dataclasses
import math

import drawing
from builders import NOON_S, a_volume, an_activity
from hypothesis import strategies as st

from wideberth.formats.builtin import builtin_agreement
from wideberth.model.footprint import Circle, Corridor, Track
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role

AGREEMENT = builtin_agreement()
HERE = (33.0, 34.0)


def an_emission(
    middle_mhz=300.0,
    width_khz=25.0,
    *,
    eirp_dbm=40.0,
    place=HERE,
    radius_m=0.0,
    top_m=30.0,
    start_s=NOON_S,
    end_s=NOON_S + 3600.0,
    radio=None,
    volume_id="E",
):
    volume = a_volume(
        Circle(place, radius_m),
        arena=Arena.SPECTRUM,
        lower_m=0.0,
        upper_m=top_m,
        start_s=start_s,
        end_s=end_s,
        band_hz=band(middle_mhz, width_khz),
        role=Role.EMIT,
        volume_id=volume_id,
    )
    return dataclasses.replace(volume, eirp_dbm=eirp_dbm, radio=radio)


def a_receiver(middle_mhz=300.0, width_khz=25.0, *, criterion="", radio=None, **where):
    volume = an_emission(middle_mhz, width_khz, volume_id="R", **where)
    return dataclasses.replace(
        volume, role=Role.RECEIVE, eirp_dbm=None, criterion=criterion, radio=radio
    )


def band(middle_mhz, width_khz):
    return middle_mhz * 1e6 - width_khz * 500.0, middle_mhz * 1e6 + width_khz * 500.0


def a_flight(*, place=HERE, height_m=10_000.0, equipage="ifr_transport", party="north", name="F"):
    east = drawing.go(place, 90.0, 60_000.0)
    volume = a_volume(
        Corridor((place, east), 5000.0), lower_m=height_m - 150.0, upper_m=height_m + 150.0
    )
    return dataclasses.replace(an_activity(volume, party=party, name=name), equipage=equipage)


middles_mhz = st.sampled_from((15.0, 31.0, 99.9, 100.1, 121.5, 150.0, 300.0, 1575.42, 9400.0))
widths_khz = st.sampled_from((8.33, 25.0, 1000.0, 20_000.0, 100_000.0))
powers_dbm = st.sampled_from((None, -30.0, 0.0, 40.0, 60.0, 90.0, 110.0))
tops_m = st.sampled_from((0.0, 30.0, 299.0, 301.0, 3000.0, 12_000.0, 25_000.0, math.inf))
ways_m = st.sampled_from((0.0, 0.5)) | st.floats(0.0, 6.4).map(lambda e: 10.0**e)
antennas = st.none() | st.builds(
    Antenna,
    st.sampled_from(AntennaKind),
    st.sampled_from((-5.0, 0.0, 12.0, 33.0)),
    st.none() | st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 360.0)),
    st.none() | st.just((0.0, 5.0)),
    st.none() | st.sampled_from((1.0, 30.0)),
)


MASKS = (
    (),
    (),
    ((5e3, 0.0), (2e6, 30.0), (3e8, 70.0)),
    ((1e7, 0.0), (1e7, 40.0), (3e7, 60.0)),
    ((12.5e3, 40.0), (25e3, 60.0)),
)


@st.composite
def footprints(draw, place, window):
    """A point, a disc, a line or something that moves about a place."""
    kind = draw(st.sampled_from(("point", "disc", "line", "track")))
    size_m = draw(st.sampled_from((1000.0, 30_000.0, 400_000.0)))
    if kind == "point":
        return Circle(place, 0.0)
    if kind == "disc":
        return Circle(place, size_m)
    ends = (place, drawing.go(place, draw(drawing.azimuths), size_m))
    return Corridor(ends, 500.0) if kind == "line" else Track(ends, window, 500.0)


@st.composite
def radio_volumes(draw, role, anchor, *, name):
    """An emission or a receiver somewhere within 2,500 km of an anchor."""
    place = drawing.go(anchor, draw(drawing.azimuths), draw(ways_m))
    start_s = NOON_S + draw(st.sampled_from((0.0, 1800.0, 3600.0)))
    window = (start_s, start_s + draw(st.sampled_from((60.0, 1800.0))))
    middle_mhz, width_khz = draw(middles_mhz), draw(widths_khz)
    low_hz, high_hz = band(middle_mhz, min(width_khz, middle_mhz * 1500.0))
    shift_hz = draw(st.sampled_from((0.0, 0.0, 1.0, 3.0, 10.0))) * (high_hz - low_hz)
    is_emission = role is Role.EMIT
    harmonic = draw(st.sampled_from((1.0, 1.0, 2.0, 3.0))) if is_emission else 1.0
    mask = draw(st.sampled_from(MASKS))
    aboard = "" if is_emission else draw(st.sampled_from(("", "air", "sea")))
    top_m = draw(tops_m)
    return dataclasses.replace(
        an_emission(volume_id=name),
        footprint=draw(footprints(place, window)),
        height=HeightBand(HeightLimit(0.0), HeightLimit(top_m)),
        time=TimeWindow(*window),
        freq=FrequencyBand((low_hz + shift_hz) / harmonic, (high_hz + shift_hz) / harmonic),
        role=role,
        eirp_dbm=draw(powers_dbm) if is_emission else None,
        criterion="" if is_emission else draw(st.sampled_from(("", "", "-110 dBm", "loud", "7"))),
        radio=Radio(
            antenna=draw(antennas),
            mask=mask,
            overload_dbm=None if is_emission else draw(st.sampled_from((None, -30.0))),
            harmonics_db=draw(st.sampled_from((None, 60.0))) if is_emission else None,
            aboard=aboard,
        ),
    )


@st.composite
def pairs(draw):
    """An emission and a receiver about one awkward place."""
    anchor = draw(st.sampled_from(drawing.ANCHORS))
    return (
        draw(radio_volumes(Role.EMIT, anchor, name="E")),
        draw(radio_volumes(Role.RECEIVE, anchor, name="R")),
    )


@st.composite
def crowds(draw):
    """Activities of three parties, each with a few emissions and receivers."""
    anchor = draw(st.sampled_from(drawing.ANCHORS))
    found = []
    for k in range(draw(st.integers(2, 7))):
        roles = draw(st.lists(st.sampled_from((Role.EMIT, Role.RECEIVE)), min_size=1, max_size=3))
        volumes = [
            draw(radio_volumes(role, anchor, name=f"V{number}"))
            for number, role in enumerate(roles)
        ]
        party = draw(st.sampled_from(("east", "north", "south")))
        found.append(an_activity(*volumes, party=party, name=f"A{k}"))
    return found
