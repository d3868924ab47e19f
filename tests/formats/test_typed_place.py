"""What a person types as a place is read in one way or not at all."""

import pytest
from builders import an_agreement
from hypothesis import given
from hypothesis import strategies as st

from wideberth.engine.geodesy import GEOD
from wideberth.errors import ImpossibleValueError
from wideberth.formats.typed_place import Notation, read, written

AGREEMENT = an_agreement()


def far_m(a, b):
    return GEOD.inv(*a, *b)[2]


@pytest.mark.parametrize(
    ("text", "lat_deg", "lon_deg", "notation"),
    [
        ("34.5N 33.25E", 34.5, 33.25, "dd"),
        ("34.5000°N, 033.2500°E", 34.5, 33.25, "dd"),
        ("+34.5+033.25/", 34.5, 33.25, "dd"),
        ("-34.5-070.25", -34.5, -70.25, "dd"),
        ("34 30.0N 033 15.0E", 34.5, 33.25, "ddm"),
        ("34-30N 033-15E", 34.5, 33.25, "ddm"),
        ("3430N03315E", 34.5, 33.25, "ddm"),
        ("N3430 E03315", 34.5, 33.25, "ddm"),
        ("3430.5N 03315.5E", 34.508333, 33.258333, "ddm"),
        ("34-30-00N 033-15-00E", 34.5, 33.25, "dms"),
        ("34°30′00″S 070°15′00″W", -34.5, -70.25, "dms"),
        ("343000N 0331500E", 34.5, 33.25, "dms"),
        ("n34 30 00 e033 15 00", 34.5, 33.25, "dms"),
        ("18S UJ 23394 07395", 38.8977, -77.0365, "mgrs"),
        ("18SUJ2339407395", 38.8977, -77.0365, "mgrs"),
        ("18T 583960 4507523", 40.71435, -74.00597, "utm"),
        ("18 north 583960 4507523", 40.71435, -74.00597, "utm"),
        ("19 south 346000mE 6297000mN", -33.45538, -70.65702, "utm"),
    ],
)
def test_each_notation_is_read(text, lat_deg, lon_deg, notation):
    found = read(text, None, AGREEMENT)
    assert found.notation == notation
    assert far_m(found.point, (lon_deg, lat_deg)) < 15.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("343000N", "looks like part"),
        ("34.5, 33.25", "which number is which"),
        ("34 30 33 15", "no N, S, E or W"),
        ("033-15E 34-30N", "longitude first"),
        ("-34.5N 33.25E", "sign and a letter"),
        ("34.5N -33.25E", "sign and a letter"),
        ("34.5N +33.25E", "sign and a letter"),
        ("34-75N 033-15E", "not below 60"),
        ("94.5N 033.2E", "beyond 90"),
        ("34.5N 193.2E", "beyond 180"),
        ("0N 0E", "null island"),
        ("34-30N 033-15-00E", "not written alike"),
        ("3430N 0331500E", "not written alike"),
        ("34.5N 33.25N", "not understood"),
        ("34.5N 33.25E; 34.6N 33.3E", "more than one place"),
        ("36S 684123 3765432", "the letter S"),
        ("36 north 3765432 684123", "not understood"),
        ("61 north 684123 3765432", "no zone 61"),
        ("36X 684123 3765432", "lies at"),
        ("36 north 899999 9000000", "beyond|off the middle"),
        ("18S UJ 2339 07395", "as many figures"),
        ("18S UJ 23 07", "do not name a place"),
        ("18S", "do not name a place|not understood|no N"),
        ("18M UJ 23394 07395", "no square"),
        ("<script>alert(1)</script>", "not understood"),
        ("٣٤.٥N ٣٣.٢E", "not understood"),
        ("", "no place"),
        ("N" * 300, "too long"),
        ("045.00 T 12.34 NM from NOWHERE", "no named point"),
    ],
)
def test_what_may_be_two_places_or_none_is_refused(text, words):
    with pytest.raises(ImpossibleValueError, match=words) as refused:
        read(text, None, AGREEMENT)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("notation", "point"), [("lat-lon", (33.25, 34.5)), ("lon-lat", (34.5, 33.25))]
)
def test_two_bare_numbers_are_read_where_a_person_said_which_is_which(notation, point):
    assert read("34.5, 33.25", Notation(notation), AGREEMENT).point == point


def test_only_the_notation_that_was_chosen_is_taken():
    assert read("34.5N 33.25E", Notation.DD, AGREEMENT).point == (33.25, 34.5)
    with pytest.raises(ImpossibleValueError, match="written as dd, not as mgrs"):
        read("34.5N 33.25E", Notation.MGRS, AGREEMENT)


@pytest.mark.parametrize(
    ("text", "within_m"),
    [("18S UJ 233 073", 75.0), ("34-30N 033-15E", 1322.0), ("34.50000N 33.25000E", 0.79)],
)
def test_how_coarse_the_last_figure_is_is_said(text, within_m):
    assert read(text, None, AGREEMENT).within_m == pytest.approx(within_m, rel=0.01)


@given(
    st.tuples(
        st.floats(-179.99, 179.99, allow_nan=False), st.floats(-89.99, 89.99, allow_nan=False)
    ).filter(lambda point: max(map(abs, point)) > 1e-3)
)
def test_every_notation_that_is_written_reads_back_to_the_same_place(point):
    said = written(point, AGREEMENT)
    for notation in (Notation.DD, Notation.DDM, Notation.DMS, Notation.MGRS, Notation.UTM):
        text = getattr(said, notation.value)
        if text:
            found = read(text, notation, AGREEMENT)
            assert far_m(found.point, point) <= found.within_m + 0.01, text
