"""Item D: every form is expanded to the minute, and doubt makes the extent larger."""

import itertools
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.notam_schedule import MAX_WINDOWS, windows_of
from wideberth.formats.reading import Severity
from wideberth.formats.times import utc
from wideberth.model.span import TimeWindow

JUNE = TimeWindow(utc(2026, 6, 1), utc(2026, 7, 1))  # a Monday at 0000
NAMES = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
HOUR = 3600.0


def spans(schedule: str, whole: TimeWindow = JUNE) -> list[str]:
    """Return windows as ddhhmm-ddhhmm, the end of a month being a day's 0000."""
    found, _ = windows_of(schedule, whole, "here")
    return ["-".join(_show(t) for t in (w.start_s, w.end_s)) for w in found]


def _show(time_s: float) -> str:
    return datetime.fromtimestamp(time_s, UTC).strftime("%d%H%M")


def remarks(schedule: str, whole: TimeWindow = JUNE) -> list[Severity]:
    return [p.severity for p in windows_of(schedule, whole, "here")[1]]


@st.composite
def schedules(draw: st.DrawFn) -> tuple[str, set[int], int, int]:
    """Draw a schedule in June 2026 with the days of the month on which it begins, and its hours."""
    start, end = draw(st.integers(0, 23)) * 60, draw(st.integers(1, 24)) * 60
    if draw(st.booleans()):
        first, count = draw(st.integers(0, 6)), draw(st.integers(1, 6))
        chosen = {(first + i) % 7 for i in range(count)}
        words = f"{NAMES[first]}-{NAMES[(first + count - 1) % 7]}"
        days = {d for d in range(32) if (d - 1) % 7 in chosen}
    else:
        days = draw(st.sets(st.integers(1, 30), min_size=1, max_size=5))
        words = "JUN " + " ".join(f"{d:02d}" for d in sorted(days))
    but = draw(st.sets(st.integers(1, 30), max_size=3))
    exc = " EXC JUN " + " ".join(f"{d:02d}" for d in sorted(but)) if but else ""
    text = f"{words} {start // 60:02d}00-{end // 60:02d}00{exc}"
    return text, days - but, start, end if end > start else end + 1440


@given(schedules(), st.integers(0, 20), st.integers(1, 9 * 24))
@settings(max_examples=150, deadline=None)
def test_a_schedule_holds_exactly_its_minutes(
    drawn: tuple[str, set[int], int, int], day: int, hours: int
) -> None:
    text, days, start, end = drawn
    whole = TimeWindow(JUNE.start_s + day * 24 * HOUR, JUNE.start_s + (day * 24 + hours) * HOUR)
    found, problems = windows_of(text, whole, "here")
    wanted = {
        minute
        for minute in range(day * 1440, day * 1440 + hours * 60, 30)
        if any((d - 1) * 1440 + start <= minute < (d - 1) * 1440 + end for d in days)
    }
    got = {
        minute
        for minute in range(day * 1440, day * 1440 + hours * 60, 30)
        if any(w.start_s <= JUNE.start_s + minute * 60 < w.end_s for w in found)
    }
    assert got == wanted or (problems and not wanted and found == (whole,))


WORDS = st.sampled_from(
    [
        "MON",
        "FRI",
        "JUN",
        "DEC",
        "01",
        "31",
        "99",
        "0800",
        "2400",
        "0000",
        "2561",
        "-",
        ",",
        ";",
        "/",
        "EXC",
        "HOL",
        "SR",
        "SS",
        "H24",
        "DAILY",
        "AND",
        "FOO",
    ]
)


@given(st.lists(WORDS, max_size=9).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_words_give_windows_inside_or_the_whole_and_a_remark(text: str) -> None:
    found, problems = windows_of(text, JUNE, "here")
    assert found
    assert found == (JUNE,) or all(JUNE.start_s <= w.start_s < w.end_s <= JUNE.end_s for w in found)
    assert all(a.end_s < b.start_s for a, b in itertools.pairwise(found))
    if any(word in text.split() for word in ("FOO", "SR", "SS", "HOL")):
        assert Severity.PARTIAL in [p.severity for p in problems]
        assert all(p.text == text for p in problems)


@pytest.mark.parametrize(
    ("schedule", "first", "count"),
    [
        ("0500-1700", "010500-011700", 30),
        ("DAILY 0800-1000", "010800-011000", 30),
        ("DLY 0800-1000 1200-1400", "010800-011000", 60),
        ("01-05 0500-1700", "010500-011700", 5),
        ("JUN 01 03 0800-1000", "010800-011000", 2),
        ("MON 0800-TUE 1600", "010800-021600", 5),
        ("JUN 04 0800-JUN 06 1600", "040800-061600", 1),
        ("04 0800-06 1600", "040800-061600", 1),
        ("MAY 28-JUN 02 0800-1000", "010800-011000", 2),
        ("2200-0400", "010000-010400", 31),
        ("JUN 02 0000-2400", "020000-030000", 1),
        ("JUN 02 0000-2359", "020000-030000", 1),
        ("H24", "010000-010000", 1),
        ("DAILY EXC SAT SUN 0800-1000", "010800-011000", 22),
        ("EXC SAT SUN", "010000-060000", 5),
        ("MON-FRI 0800-1000, SAT 1000-1200; SUN 1100-1200 AND 1300-1400", "010800-011000", 34),
        ("TUE/THU 0800-1000", "020800-021000", 9),
        ("MON, WED AND FRI 0800-1000", "010800-011000", 13),
        ("MON-FRI 0800-1000 EXC JUN 02, JUN 03", "010800-011000", 20),
        ("MONDAY 08:00-10:00 UTC", "010800-011000", 5),
    ],
)
def test_a_form_is_understood_without_a_remark(schedule: str, first: str, count: int) -> None:
    assert (spans(schedule)[0], len(spans(schedule))) == (first, count)
    assert remarks(schedule) == []


def test_the_day_before_runs_into_the_first() -> None:
    assert spans("JUN 04 2200-0400", TimeWindow(utc(2026, 6, 5), utc(2026, 6, 6))) == [
        "050000-050400"
    ]


def test_exceptions_before_a_comma_do_not_take_the_next_clause() -> None:
    assert len(spans("MON-FRI 0700-1600 EXC HOL, SAT 0800-1000")) == 26


@pytest.mark.parametrize("schedule", ["SR-SS", "SR MINUS30-SS PLUS30", "SS-SR", "SUNRISE-SUNSET"])
def test_sunrise_and_sunset_take_whole_days_and_ask_a_person(schedule: str) -> None:
    assert spans(f"JUN 04 {schedule}")[0][:6] == "040000"
    assert remarks(f"JUN 04 {schedule}") == [Severity.PARTIAL]


def test_holidays_stay_active_and_a_person_is_told() -> None:
    assert len(spans("0800-1000 EXC HOL")) == 30
    assert remarks("0800-1000 EXC HOL") == [Severity.PARTIAL]


def test_real_exceptions_leave_their_days_out() -> None:
    whole = TimeWindow(utc(2018, 4, 1, 7), utc(2018, 9, 30, 16))
    found, problems = windows_of(
        "MON-FRI 0700-1600 EXC APR 02 MAY 01 08 10 21 AUG 15", whole, "here"
    )
    assert (len(found), problems) == (130 - 6, ())
    assert found[0] == TimeWindow(utc(2018, 4, 3, 7), utc(2018, 4, 3, 16))


@pytest.mark.parametrize(
    "schedule",
    ["FOO", "0800", "0800-", "MON-FRI 0800-1000 SAT", "0800-1000 EXC SAT 1000-1200", "2561-2600",
     "01-05 JUN 0800-1000", "SAT HOL 0800-1000", "JUN 31 0800-1000", "JUL 04 0800-1000"],
)  # fmt: skip
def test_doubt_leaves_the_whole_time_and_says_the_words(schedule: str) -> None:
    found, problems = windows_of(schedule, JUNE, "here")
    assert found == (JUNE,)
    assert [(p.severity, p.text) for p in problems] == [(Severity.PARTIAL, schedule)]


def test_a_schedule_without_end_is_one_window() -> None:
    for_good = TimeWindow(JUNE.start_s, math.inf)
    assert windows_of("0800-1000", for_good, "here")[0] == (for_good,)
    assert remarks("0800-1000", for_good) == [Severity.ASSUMED]


def test_too_many_windows_become_one() -> None:
    years = TimeWindow(JUNE.start_s, JUNE.start_s + (MAX_WINDOWS + 1) * 24 * HOUR)
    (found,), (problem,) = windows_of("0800-1000", years, "here")
    assert found == TimeWindow(JUNE.start_s + 8 * HOUR, years.end_s - 14 * HOUR)
    assert problem.severity is Severity.ASSUMED
