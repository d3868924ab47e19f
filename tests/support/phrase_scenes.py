"""Messages by the phrase book, drawn at random: any phrase, any values near their edges."""

import math

from hypothesis import strategies as st

from wideberth.formats.notation import dms_of
from wideberth.formats.phrases import coded, phrase_book
from wideberth.formats.times import show_utc

_ODD = "aZ09 ;=,{}'\"-./אבג\u05b8عربيةЖиё\u00e9\u4e2d🚁"
names = st.text(_ODD, min_size=1, max_size=12).filter(lambda text: text.strip())
places = (
    st.tuples(st.floats(-180, 180), st.floats(-89, 89))
    .map(dms_of)
    .filter(lambda dms: not dms.startswith("00-00-00.00"))
)


def figures(low, high, places_after, unit):
    scale = 10**places_after
    whole = st.integers(math.ceil(low * scale), math.floor(high * scale))
    return whole.map(lambda k: f"{k / scale:.{places_after}f} {unit}")


distances = figures(0, 10_000, 2, "NM") | figures(0, 9_999, 0, "m") | figures(0, 20_000, 3, "km")
areas = (
    names.map(lambda name: "box " + name)
    | st.lists(places, min_size=3, max_size=5, unique=True).map(", ".join)
    | st.tuples(places, distances).map(" R ".join)
)
TYPED = {
    "activity": names,
    "area": areas,
    "bearing": figures(0, 359.9, 1, "T"),
    "callsign": names,
    "count": figures(0, 9_999_999, 0, ""),
    "depth": figures(0, 11_000, 1, "m") | figures(0, 36_000, 0, "ft"),
    "distance": distances,
    "duration": figures(0, 720, 1, "h") | figures(0, 86_400, 0, "s") | figures(0, 59, 0, "min"),
    "freq": figures(0.001, 3_000, 4, "GHz")
    | figures(0.001, 1e6, 3, "MHz")
    | st.tuples(st.integers(1, 400), st.integers(401, 999)).map("{0[0]}.5-{0[1]} kHz".format),
    "height": st.sampled_from(["ft MSL", "m AGL", "m HAE", "ft AGL"]).flatmap(
        lambda unit: figures(-600, 100_000, 1, unit)
    )
    | figures(0, 999, 0, "").map("FL{}".format),
    "name": names,
    "place": places,
    "role": names,
    "time": st.integers(0, 7_258_118_399).map(lambda time_s: show_utc(float(time_s))),
}


@st.composite
def messages(draw):
    """A message of any phrase of the book."""
    phrase = draw(st.sampled_from(phrase_book().phrases))
    return coded(phrase.code, {p.name: draw(TYPED[p.type]) for p in phrase.parameters})
