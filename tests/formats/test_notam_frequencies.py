"""Frequencies in NOTAM texts: who listens, who emits, and what was assumed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.notam_frequencies import SATELLITE_BAND, Signal, signals_in
from wideberth.formats.reading import Severity
from wideberth.model.span import FrequencyBand
from wideberth.model.volume import Role


def signals(text: str) -> list[Signal]:
    return list(signals_in(text, "here")[0])


@pytest.mark.parametrize(
    ("text", "mhz", "role"),
    [
        ("CONTACT MELUN TWR 121.100MHZ", 121.1, Role.RECEIVE),
        ("MONITOR 243.0 MHZ", 243.0, Role.RECEIVE),
        ("JAMMING TRIAL ON 5 GHZ", 5000.0, Role.EMIT),
        ("TRANSMISSIONS ON 2182KHZ", 2.182, Role.EMIT),
        ("CTC GANNET RADIO FREQ 123.45", 123.45, Role.RECEIVE),
    ],
)
def test_a_frequency_has_a_channel_about_it(text: str, mhz: float, role: Role) -> None:
    (found,) = signals(text)
    assert found.role is role
    assert found.band.low_hz == pytest.approx(mhz * 1e6 - 12_500)
    assert found.band.high_hz == pytest.approx(mhz * 1e6 + 12_500)
    assert [p.severity for p in signals_in(text, "here")[1]] == [Severity.ASSUMED]


def test_a_band_is_taken_as_written() -> None:
    found, problems = signals_in("GPS INTERFERENCE 1559-1610MHZ EXPECTED", "here")
    assert found == (Signal(SATELLITE_BAND, Role.EMIT),)
    assert problems == ()
    assert signals("RADIATION FROM 1.5 TO 1.6 GHZ") == [
        Signal(FrequencyBand(1.5e9, 1.6e9), Role.EMIT)
    ]


def test_two_frequencies_are_not_a_band_between_them() -> None:
    middles = [(s.band.low_hz + s.band.high_hz) / 2e6 for s in signals("MONITOR 121.5 AND 243MHZ")]
    assert middles == [pytest.approx(121.5), pytest.approx(243.0)]
    assert signals("JAMMING BTN 1,559 AND 1,610MHZ") == [Signal(SATELLITE_BAND, Role.EMIT)]


@pytest.mark.parametrize("word", ["INTERFERENCE", "JAMMING", "UNRELIABLE", "MAY BE DEGRADED"])
def test_satellite_navigation_at_risk_is_an_emission(word: str) -> None:
    found, (problem,) = signals_in(f"GNSS {word} IN AREA", "here")
    assert found == (Signal(SATELLITE_BAND, Role.EMIT),)
    assert problem.severity is Severity.ASSUMED


def test_interference_and_a_contact_keep_their_roles() -> None:
    found = signals("GPS JAMMING. CONTACT NICOSIA ACC 125.500MHZ FOR DETAILS")
    assert sorted(s.role for s in found) == [Role.EMIT, Role.RECEIVE]


def test_a_frequency_of_zero_is_reported() -> None:
    found, (problem,) = signals_in("EMISSION ON 0 MHZ", "here")
    assert (found, problem.severity, problem.text) == ((), Severity.PARTIAL, "0 MHZ")


def test_a_text_without_radio_has_no_signal() -> None:
    assert signals_in("GUNNERY UP TO 5000FT. HEIGHT 121.1M", "here") == ((), ())


@given(
    st.lists(
        st.sampled_from(
            ["CONTACT ", "JAMMING ", "121.5", "0", "999999.999999", " MHZ ", "GHZ", "-", " TO ",
             "GPS ", "FREQ ", "1,5", "."]
        ),
        max_size=10,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_every_figure_with_a_unit_is_a_band_or_a_remark(text: str) -> None:
    found, problems = signals_in(text, "here")
    figures = [w for w in text.replace("-", " ").split() if w.endswith("121.5MHZ")]
    assert not figures or found or problems
    assert all(p.text in text for p in problems)
