"""NOTAM heights and codes: each limit keeps its datum, and item E can only widen a band."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.notam_codes import meaning
from wideberth.formats.notam_heights import band_of, level_limits, limit_of, widened
from wideberth.formats.reading import Severity
from wideberth.model.span import Datum, HeightBand, HeightLimit

FT = 0.3048


@pytest.mark.parametrize(
    ("words", "height_m", "datum"),
    [
        ("GND", 0.0, Datum.GROUND),
        ("SFC", 0.0, Datum.GROUND),
        ("UNL", math.inf, Datum.MSL),
        ("FL045", 4500 * FT, Datum.PRESSURE),
        ("FL 100", 10000 * FT, Datum.PRESSURE),
        ("500FT AGL", 500 * FT, Datum.GROUND),
        ("1,500FT MSL", 1500 * FT, Datum.MSL),
        ("3000M AMSL", 3000.0, Datum.MSL),
        ("300M AGL", 300.0, Datum.GROUND),
        ("3000FT", 3000 * FT, Datum.MSL),
    ],
)
def test_a_limit_keeps_its_unit_and_datum(words: str, height_m: float, datum: Datum) -> None:
    found = limit_of(words)
    assert found.limit is not None
    assert (found.limit.height_m, found.limit.datum) == (pytest.approx(height_m), datum)
    assert found.rest == ""


def test_a_limit_without_a_datum_is_assumed_above_the_sea() -> None:
    assert "mean sea level" in limit_of("3000FT").assumed
    assert limit_of("3000FT AMSL").assumed == ""


@pytest.mark.parametrize("words", ["3000", "FOO", "", "12 MAST", "FL9999"])
def test_a_limit_that_is_none_gives_its_words_back(words: str) -> None:
    assert (limit_of(words).limit, limit_of(words).rest) == (None, words)


def test_words_after_a_limit_are_handed_back() -> None:
    assert limit_of("UNL) CREATED 22 NOV").rest == "CREATED 22 NOV"


def test_level_000_is_the_ground_and_999_has_no_limit() -> None:
    assert level_limits("000", "999") == (
        HeightLimit(0.0, Datum.GROUND),
        HeightLimit(math.inf, Datum.MSL),
    )
    assert level_limits("050", "100")[1] == HeightLimit(10000 * FT, Datum.PRESSURE)


NAMES = st.sampled_from(
    ["GND", "FL050", "FL300", "500FT AGL", "9000FT AMSL", "3,500M", "200M AGL", "UNL"]
)
FORMS = st.sampled_from(
    ["{} AND BELOW", "{} AND ABOVE", "UP TO {}", "GND-{}", "{} TO FL200", "HEIGHT: {}", "{}"]
)


@given(NAMES, NAMES, st.lists(st.tuples(FORMS, NAMES), max_size=3))
@settings(max_examples=200, deadline=None)
def test_item_e_never_narrows_a_band(low: str, high: str, said: list[tuple[str, str]]) -> None:
    lower, upper = limit_of(low).limit, limit_of(high).limit
    assert lower is not None
    assert upper is not None
    band = None if math.isinf(lower.height_m) else band_of(lower, upper)
    if band is None:
        return
    wide, _ = widened(band, ". ".join(f.format(n) for f, n in said), "here")
    assert wide.lower.height_m <= band.lower.height_m
    assert wide.upper.height_m >= band.upper.height_m


def test_a_height_in_item_e_beyond_the_limits_is_taken_and_told() -> None:
    band = HeightBand.of(0.0, 3000.0)
    wide, (problem,) = widened(band, "HEIGHT: 35,000M AND BELOW.", "here")
    assert wide.upper == HeightLimit(35000.0, Datum.MSL)
    assert (problem.severity, problem.text) == (Severity.PARTIAL, "35,000M AND BELOW")


def test_a_height_in_item_e_within_the_limits_is_a_note() -> None:
    wide, (problem,) = widened(HeightBand.of(0.0, 9000.0), "ACTIVE 500-1000FT AMSL", "here")
    assert wide == HeightBand.of(0.0, 9000.0)
    assert problem.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("code", "subject", "condition"),
    [
        ("QRTCA", "temporary restricted area", "activated"),
        ("QWMLW", "firing", "will take place"),
        ("QRDCD", "danger area", "deactivated"),
        ("QNVAS", "navigation facility (QNVAS)", "unserviceable"),
    ],
)
def test_a_code_reads_as_words(code: str, subject: str, condition: str) -> None:
    found = meaning(code)
    assert (found.subject, found.condition, found.is_known) == (subject, condition, True)


def test_an_unknown_code_keeps_its_letters() -> None:
    assert (meaning("QZZZZ").subject, meaning("QZZZZ").is_known) == ("QZZZZ", False)
    assert (meaning("FOO").subject, meaning("FOO").is_airspace) == ("FOO", True)
