"""Hypothesis strategies for small theatres: volumes that nearly meet on every axis at once."""

import math

from builders import NOON_S
from drawing import ANCHORS, azimuths, footprints, go, tracks
from hypothesis import strategies as st

from wideberth.model.activity import Activity
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

minima = st.builds(
    Minima,
    lateral_m=st.sampled_from((0.0, 1000.0, 9260.0, 60_000.0)),
    vertical_m=st.sampled_from((0.0, 300.0, math.inf)),
    time_s=st.sampled_from((0.0, 60.0, 300.0)),
    freq_hz=st.sampled_from((0.0, 25e3)),
)
still_minima = minima.filter(lambda m: m.lateral_m > 0.0)
scales_m = st.floats(3.0, 6.0).map(lambda e: 10.0**e)
datums = st.sampled_from((Datum.MSL, Datum.MSL, *Datum))
bands = st.sampled_from(((225.0e6, 226.0e6), (226.0e6, 227.0e6), (226.025e6, 227e6), (1e9, 2e9)))


@st.composite
def heights(draw) -> HeightBand:
    lower_m = draw(st.sampled_from((-math.inf, 0.0, 1000.0, 1300.0, 1300.0000001, 1600.0)))
    thick_m = draw(st.sampled_from((0.0, 300.0, 5000.0, math.inf)))
    upper_m = thick_m if lower_m == -math.inf else lower_m + thick_m
    datum = draw(datums)
    other = draw(datums) if draw(st.integers(0, 3)) == 0 and upper_m > lower_m else datum
    return HeightBand(HeightLimit(lower_m, datum), HeightLimit(upper_m, other))


@st.composite
def windows(draw) -> TimeWindow:
    start_s = NOON_S + draw(st.sampled_from((-math.inf, 0.0, 3600.0, 3660.0, 3900.0, 7200.0)))
    lasts_s = draw(st.sampled_from((60.0, 3600.0, 86400.0, math.inf)))
    end_s = NOON_S + lasts_s if math.isinf(start_s) else start_s + lasts_s
    return TimeWindow(start_s, end_s)


@st.composite
def volumes(draw, anchor, scale_m: float, arenas) -> Volume:
    reach_m = draw(st.sampled_from((0.0, 0.5, 1.0, 2.0, 2.0))) * scale_m
    centre = go(anchor, draw(azimuths), min(1.5e7, reach_m + draw(st.sampled_from((0.0, 9260.0)))))
    kind = draw(st.integers(0, 11))
    if kind == 0:
        place = Everywhere()
    elif kind <= 2:
        place = draw(tracks(centre, scale_m, start_s=NOON_S))
    else:
        place = draw(footprints(centre, scale_m * draw(st.sampled_from((0.1, 1.0)))))
    window = (
        TimeWindow(place.times_s[0], place.times_s[-1])
        if isinstance(place, Track)
        else draw(windows())
    )
    arena = draw(st.sampled_from(arenas))
    is_radio = arena is Arena.SPECTRUM
    return Volume(
        id=str(draw(st.integers(0, 10**9))),
        arena=arena,
        footprint=place,
        height=draw(heights()),
        time=window,
        freq=FrequencyBand(*draw(bands)) if is_radio else None,
        role=Role.EMIT if is_radio else None,
    )


@st.composite
def theatres(draw, *, arenas=tuple(Arena), most: int = 6) -> tuple[Activity, ...]:
    """A few activities of two or three parties round one awkward place, all of about one scale."""
    anchor, scale_m = draw(st.sampled_from(ANCHORS)), draw(scales_m)
    count = draw(st.integers(2, most))
    made = []
    for k in range(count):
        inside = draw(st.lists(volumes(anchor, scale_m, arenas), min_size=1, max_size=2))
        if len({v.id for v in inside}) < len(inside):
            inside = inside[:1]
        party = draw(st.sampled_from(("north", "south", "west")))
        linked = draw(st.sampled_from(("", "", "", "one")))
        made.append(Activity(party, f"{k}", tuple(inside), linked=linked))
    return tuple(made)


def is_still(volume: Volume) -> bool:
    return isinstance(volume.footprint, (Polygon, Circle, Corridor, Everywhere))
