"""NOTAM reader: whole notices as activities, and that no word of them is dropped in silence."""

import math
from pathlib import Path

import pytest

from wideberth.formats.notam import looks_like_notam, read
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.times import utc
from wideberth.model.footprint import Circle, Polygon
from wideberth.model.span import Datum, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "notam" / "real.txt"
NM = 1852.0
FL = 100 * 0.3048
RING = "344000N0331000E-345000N0331000E-345000N0332000E-344000N0331000E"
ITEMS = {
    "Q": "LCCC/QWMLW/IV/BO/W/000/100/3445N03315E012",
    "A": "LCCC",
    "B": "2611220800",
    "C": "2611221600",
    "D": "",
    "E": f"GUNNERY IN AREA BOUNDED BY {RING}.",
    "F": "GND",
    "G": "FL100",
}


def notice(head: str = "A1234/26 NOTAMN", **change: str) -> str:
    items = {**ITEMS, **change}
    return f"{head}\n" + "\n".join(f"{k}) {v}" for k, v in items.items() if v)


def reading(*texts: str, party: str | None = None, repair: bool = False) -> Reading:
    data = "\n\n".join(texts).encode()
    return read(data, "area.txt", ReadOptions(party=party, repair=repair))


def remarks(found: Reading) -> list[Severity]:
    """Return the severities of all remarks but that on words kept as text."""
    return [p.severity for p in found.problems if "kept as text" not in p.what]


def of(found: Reading, severity: Severity) -> list[Problem]:
    return [p for p in found.problems if p.severity is severity]


def test_a_clean_notice_is_one_activity_without_a_remark() -> None:
    found = reading(notice())
    (activity,) = found.activities
    (volume,) = activity.volumes
    assert (activity.party, activity.id, activity.kind) == ("LCCC", "A1234/26", "firing")
    assert (volume.arena, type(volume.footprint)) == (Arena.AIR, Polygon)
    assert volume.height.lower == HeightLimit(0.0, Datum.GROUND)
    assert volume.height.upper == HeightLimit(100 * FL, Datum.PRESSURE)
    assert volume.time == TimeWindow(utc(2026, 11, 22, 8), utc(2026, 11, 22, 16))
    assert (remarks(found), found.format) == ([], "notam")


def test_a_party_that_is_told_goes_before_the_fir() -> None:
    assert reading(notice(), party="north").activities[0].party == "north"
    (no_q,) = reading(notice(Q="", A="LGGG LCCC")).activities
    assert no_q.party == "LGGG"


def test_a_replacement_takes_room_and_ends_the_old_one() -> None:
    found = reading(notice("A1235/26 NOTAMR A1234/26"))
    assert [a.id for a in found.activities] == ["A1235/26"]
    (ends,) = found.cancellations
    assert (ends.by, ends.target, ends.at_s) == ("A1235/26", "A1234/26", utc(2026, 11, 22, 8))


def test_a_cancellation_needs_no_end_and_takes_no_room() -> None:
    found = reading(notice("A1236/26 NOTAMC A1235/26", C="", F="", G=""))
    assert (found.activities, found.is_refused) == ((), False)
    assert [c.target for c in found.cancellations] == ["A1235/26"]


def test_without_an_area_the_q_circle_is_assumed() -> None:
    found = reading(notice(E="GUNNERY"))
    assert found.activities[0].volumes[0].footprint == Circle((33.25, 34.75), 12 * NM)
    assert remarks(found) == [Severity.ASSUMED]


def test_an_area_beyond_the_q_circle_is_told_and_both_count() -> None:
    found = reading(notice(Q="LCCC/QWMLW/IV/BO/W/000/100/3545N03315E012"))
    shapes = [type(v.footprint) for v in found.activities[0].volumes]
    assert shapes == [Polygon, Circle]
    (problem,) = of(found, Severity.PARTIAL)
    assert "NM beyond" in problem.what


@pytest.mark.parametrize(
    "change",
    [
        {"Q": "", "E": "GUNNERY AT SEA"},
        {"Q": "LCCC/QWMLW/IV/BO/W/000/100/", "E": "GUNNERY"},
        {"Q": "", "E": "GUNNERY AT 344000N0331000E"},
        {"B": ""},
        {"B": "2613220800"},
        {"C": "2611220700"},
        {"C": "FOO"},
        {"F": "5000FT AMSL", "G": "1000FT AMSL"},
        {"Q": "", "A": ""},
        {"E": "AREA 344000N0331000E-345000N0332000E-345000N0331000E-344000N0332000E"},
    ],
)
def test_what_cannot_be_placed_is_refused_with_its_text(change: dict[str, str]) -> None:
    found = reading(notice(**change), notice("A1111/26 NOTAMN"))
    assert [a.id for a in found.activities] == ["A1111/26"]
    (error,) = of(found, Severity.ERROR)
    assert error.text
    assert error.remedy


def test_a_crossing_ring_is_mended_on_request() -> None:
    crossing = "344000N0331000E-345000N0332000E-345000N0331000E-344000N0332000E"
    found = reading(notice(E=f"AREA {crossing}"), repair=True)
    assert len(found.activities[0].volumes) == 1


def test_a_frequency_is_a_volume_over_the_same_place_and_time() -> None:
    found = reading(notice(E=f"GUNNERY {RING}. CONTACT GANNET 123.450MHZ"))
    air, radio = found.activities[0].volumes
    assert (radio.arena, radio.role) == (Arena.SPECTRUM, Role.RECEIVE)
    assert (radio.footprint, radio.time, radio.height) == (air.footprint, air.time, air.height)


def test_satellite_interference_emits_even_without_an_area() -> None:
    q = "LCCC/QGWXX/IV/BO/W/000/100/3445N03315E050"
    found = reading(notice(Q=q, E="GPS UNRELIABLE"))
    (volume,) = found.activities[0].volumes
    assert (volume.arena, volume.role) == (Arena.SPECTRUM, Role.EMIT)


@pytest.mark.parametrize("code", ["QNVAS", "QMRLC", "QKKKK", "QOBCE"])
def test_other_matters_take_no_room_and_say_what_they_are(code: str) -> None:
    q = f"LCLK/{code}/IV/BO/A/000/999/3445N03315E005"
    found = reading(notice(Q=q, E="OUT OF USE AT 344500N0331500E"))
    assert found.activities == ()
    (note,) = found.problems
    assert note.severity is Severity.NOTE
    assert "344500N0331500E" in note.text


def test_an_obstacle_with_a_radius_takes_room() -> None:
    q = "LCLK/QOBCE/IV/M/AE/000/010/3445N03315E005"
    (activity,) = reading(notice(Q=q, E="CRANES WI 1NM OF 344500N0331500E")).activities
    assert (activity.kind, activity.volumes[0].footprint) == (
        "obstacle",
        Circle((33.25, 34.75), NM),
    )


def test_a_deactivated_area_takes_no_room_but_a_person_is_told() -> None:
    found = reading(notice(Q="LCCC/QRDCD/IV/BO/W/000/100/3445N03315E012"))
    assert found.activities == ()
    assert remarks(found) == [Severity.PARTIAL]


def test_estimates_and_permanence_are_kept() -> None:
    est = reading(notice(C="2611221600 EST"))
    perm = reading(notice(C="PERM"))
    assert remarks(est) == [Severity.ASSUMED]
    assert perm.activities[0].volumes[0].time.end_s == math.inf


def test_limits_keep_unlike_datums_and_their_lack_is_said() -> None:
    found = reading(notice(F="500FT AGL", G="3000FT"))
    height = found.activities[0].volumes[0].height
    assert (height.lower.datum, height.upper.datum) == (Datum.GROUND, Datum.MSL)
    assert remarks(found) == [Severity.ASSUMED]
    levels = reading(notice(F="", G=""))
    assert levels.activities[0].volumes[0].height.upper.datum is Datum.PRESSURE


def test_a_schedule_parts_the_time() -> None:
    found = reading(notice(D="0900-1000 1100-1200"))
    assert len(found.activities[0].volumes) == 2


def test_the_same_notice_again_counts_once_another_of_its_number_twice() -> None:
    found = reading(notice(), notice(), notice(G="FL200"))
    assert [a.id for a in found.activities] == ["A1234/26", "A1234/26 (2)"]
    assert sorted(remarks(found)) == [Severity.NOTE, Severity.PARTIAL]


def test_text_around_and_after_is_reported() -> None:
    found = reading("FROM THE DUTY DESK", f"({notice()})", "SENT 22 NOV", notice("B0001/26 NOTAMN"))
    assert [p.text for p in of(found, Severity.PARTIAL)] == ["FROM THE DUTY DESK", "SENT 22 NOV"]
    assert len(found.activities) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_degree_signs_survive_every_encoding(encoding: str) -> None:
    text = notice(E="FIRING WI 2NM OF 34\u00b045'00\"N 033\u00b015'00\"E")
    (activity,) = read(text.encode(encoding), "x", ReadOptions()).activities
    assert activity.volumes[0].footprint == Circle((33.25, 34.75), 2 * NM)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"plain words", b"\xff\xfe\x00"])
def test_a_file_without_a_notice_is_refused(data: bytes) -> None:
    assert read(data, "x", ReadOptions()).is_refused
    assert not looks_like_notam(data.decode("latin-1"))


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data absent")
def test_the_three_real_notices_are_placed_exactly() -> None:
    found = read(REAL.read_bytes(), "real.txt", ReadOptions())
    first, second, third = found.activities
    ring = first.volumes[0].footprint.parts[0].outer  # type: ignore[union-attr]
    assert ring == (
        (pytest.approx(116 + 28 / 60 + 12 / 3600), pytest.approx(23 + 6 / 60 + 36 / 3600)),
        (pytest.approx(117 + 44 / 60 + 25 / 3600), pytest.approx(23 + 40 / 60 + 42 / 3600)),
        (pytest.approx(117 + 49 / 60 + 57 / 3600), pytest.approx(23 + 30 / 60 + 12 / 3600)),
        (pytest.approx(116 + 32 / 60 + 32 / 3600), pytest.approx(22 + 58 / 60 + 20 / 3600)),
    )
    assert second.volumes[0].footprint.parts[0].outer[0] == (  # type: ignore[union-attr]
        pytest.approx(117 + 40 / 60 + 36 / 3600),
        pytest.approx(24 + 13 / 3600),
    )
    assert len(second.volumes) == 1
    height = third.volumes[0].height
    assert third.volumes[0].footprint == Circle((2 + 40 / 60, 48 + 37 / 60), 3 * NM)
    assert height.lower == HeightLimit(5 * FL, Datum.GROUND)
    assert height.upper == HeightLimit(45 * FL, Datum.PRESSURE)
    assert len([v for v in third.volumes if v.arena is Arena.AIR]) == 124


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data absent")
def test_the_real_q_circle_that_misses_its_area_is_told() -> None:
    found = read(REAL.read_bytes(), "real.txt", ReadOptions())
    (problem,) = of(found, Severity.PARTIAL)
    assert "A4703/26" in problem.where
    assert "119.1 NM" in problem.what


def test_the_guide_s_example_reads_as_the_guide_says() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "formats" / "notam.md").read_text("utf-8")
    found = reading(guide.split("```")[1])
    (activity,) = found.activities
    assert (activity.party, activity.id, activity.kind) == ("LCCC", "A0123/26", "firing")
    assert [v.arena for v in activity.volumes] == [Arena.AIR, Arena.AIR] + [Arena.SPECTRUM] * 2
    assert remarks(found) == [Severity.ASSUMED]


def test_more_volumes_than_mean_anything_become_one_time_and_it_is_told():
    areas = " ".join(f"{k}. WI 1NM RADIUS OF 34{k:02d}00N0330000E" for k in range(1, 30))
    text = (
        "A0001/26 NOTAMN\nQ) ABCD/QRTCA/IV/BO/W/000/999/3415N03300E020\nA) ABCD B) 2601010000"
        " C) 2612310000\nD) DAILY 0100-0200 0300-0400 0500-0600\n"
        f"E) AREAS {areas}\nF) GND G) FL100\n"
    )
    reading = read(text.encode(), "x", ReadOptions())
    (activity,) = reading.activities
    assert len({v.time for v in activity.volumes}) == 1
    assert any("too many" in p.what for p in reading.problems)


def test_conditions_and_figures_that_nothing_used_are_told_and_other_words_kept() -> None:
    text = (
        "DRONES FLYING WI 2NM RADIUS OF 340000N0330000E. NOT ACTIVE WHEN TWR OPEN. EXCEPT SUNDAYS."
        " KEEP 2 MILES CLEAR. FREQ 123.450. TEL +33 1234. CARE IS ADVISED."
    )
    found = reading(notice(E=text))
    (doubt,) = [p for p in of(found, Severity.PARTIAL) if "conditions" in p.what]
    for words in ("NOT ACTIVE WHEN TWR OPEN", "EXCEPT SUNDAYS", "KEEP 2 MILES CLEAR"):
        assert words in doubt.text
    (kept,) = [p for p in found.problems if "kept as text" in p.what]
    assert kept.text == "TEL +33 1234. CARE IS ADVISED"
    assert {v.freq.low_hz for v in found.activities[0].volumes if v.freq} == {123.4375e6}
