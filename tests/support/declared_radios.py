"""Hypothesis strategies for radios: every field declared or not, figures at their edges."""

from hypothesis import strategies as st

from wideberth.model.radio import Antenna, AntennaKind, Radio

AZIMUTHS = st.sampled_from([0.0, 45.5, 360.0]) | st.floats(0.0, 360.0)
ELEVATIONS = st.sampled_from([-90.0, 0.0, 90.0]) | st.floats(-90.0, 90.0)
WORDS = st.sampled_from(["", "gnss_l1", "vhf_voice", "X-Band", "é", "25K0F3E"])
HARMONICS = st.sampled_from([0.0, 60.0, 300.0]) | st.floats(0.0, 300.0)

antennas = st.builds(
    Antenna,
    st.sampled_from(AntennaKind),
    st.sampled_from([-60.0, 0.0, 2.15, 90.0]) | st.floats(-60.0, 90.0),
    st.none() | st.tuples(AZIMUTHS, AZIMUTHS),
    st.none() | st.tuples(ELEVATIONS, ELEVATIONS).map(lambda pair: tuple(sorted(pair))),
    st.none() | st.sampled_from([0.001, 1.2, 360.0]) | st.floats(0.001, 360.0),
)


@st.composite
def masks(draw):
    """Offsets that ascend, attenuations that do not fall."""
    offsets_hz = draw(
        st.lists(
            st.sampled_from([0.0, 12_500.0, 8_330.0, 1e12]) | st.floats(0.0, 1e12),
            max_size=4,
            unique=True,
        )
    )
    steps_db = draw(
        st.lists(st.floats(0.0, 300.0), min_size=len(offsets_hz), max_size=len(offsets_hz))
    )
    return tuple(zip(sorted(offsets_hz), sorted(steps_db), strict=True))


def radios(emissions=WORDS):
    """Return radios that may be declared: none of them is aboard."""
    return st.builds(
        Radio,
        service=WORDS,
        emission=emissions,
        antenna=st.none() | antennas,
        mask=masks(),
        noise_figure_db=st.none() | st.sampled_from([0.0, 60.0]) | st.floats(0.0, 60.0),
        overload_dbm=st.none() | st.sampled_from([-150.0, 100.0]) | st.floats(-150.0, 100.0),
        iip3_dbm=st.none() | st.sampled_from([-100.0, 100.0]) | st.floats(-100.0, 100.0),
        harmonics_db=st.none() | HARMONICS,
    )
