"""Hypothesis strategies for what assurances promise, about one awkward place."""

import drawing
from builders import NOON_S
from hypothesis import strategies as st
from scenes import bands, heights

from wideberth.model.assurance import Scope
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Arena

ALL_ARENAS = tuple(Arena)


@st.composite
def scopes(draw, anchor, scale_m):
    start_s = NOON_S + draw(st.sampled_from((-7200.0, 0.0, 1800.0, 3600.0, 3660.0)))
    window = TimeWindow(start_s, start_s + draw(st.sampled_from((60.0, 1800.0, 3600.0, 1e6))))
    kind = draw(st.integers(0, 5))
    area = None
    if kind == 5:
        area = draw(drawing.tracks(anchor, scale_m, start_s=NOON_S))
        share = draw(st.floats(0.0, 0.4)) * (area.times_s[-1] - area.times_s[0])
        window = TimeWindow(area.times_s[0] + share, area.times_s[-1] - share)
    elif kind:
        area = draw(drawing.footprints(anchor, scale_m))
    arenas = draw(st.sampled_from((ALL_ARENAS, (Arena.AIR,), (Arena.SPECTRUM,))))
    is_radio = arenas == (Arena.SPECTRUM,)
    return Scope(
        window,
        arenas,
        area=area,
        heights=draw(st.none() | heights()),
        band=FrequencyBand(*draw(bands)) if is_radio and draw(st.booleans()) else None,
    )
