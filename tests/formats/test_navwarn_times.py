import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wideberth.formats.navwarn_times import elements_at
from wideberth.formats.navwarn_tokens import tokens_of
from wideberth.formats.navwarn_windows import Schedule, schedule_of, windows_of

ISSUE = datetime(2023, 4, 15, 6, 0, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def read_times(text, issue=ISSUE, cancel=None):
    tokens = tokens_of(text)
    elements, end = elements_at(tokens, 0, issue.year)
    schedule = schedule_of(elements, text, issue_s=issue.timestamp(), sun_margin_s=0.0)
    cancel_s = cancel.timestamp() if cancel else math.inf
    windows, remarks = windows_of(schedule, issue_s=issue.timestamp(), cancel_s=cancel_s)
    return [(w.start_s, w.end_s) for w in windows], remarks, len(tokens) - end


def shown(text, **told):
    def show(time_s):
        return "-" if math.isinf(time_s) else f"{datetime.fromtimestamp(time_s, UTC):%y%m%d-%H%M}"

    windows, _, left = read_times(text, **told)
    assert left == 0
    return " ".join(f"{show(a)}/{show(b)}" for a, b in windows)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("191218Z TO 191647Z APR", "230419-1218/230419-1647"),
        ("270900Z MAR TO 210900Z APR", "230327-0900/230421-0900"),
        (
            "191218Z TO 191647Z APR, ALTERNATE\n201153Z TO 201622Z AND 210947Z TO 211416Z APR",
            "230419-1218/230419-1647 230420-1153/230420-1622 230421-0947/230421-1416",
        ),
        (
            "302200Z TO 010200Z AND 012200Z TO 020200Z MAY",
            "230430-2200/230501-0200 230501-2200/230502-0200",
        ),
        (
            "2200Z TO 0800Z DAILY 29 APR THRU 01 MAY",
            "230429-2200/230430-0800 230430-2200/230501-0800 230501-2200/230502-0800",
        ),
        (
            "0500Z TO 0900Z AND 1100Z TO 1500Z DAILY 18 AND 19 APR",
            """230418-0500/230418-0900 230418-1100/230418-1500
            230419-0500/230419-0900 230419-1100/230419-1500""",
        ),
        (
            """201100Z TO 201500Z APR, 0500Z TO 0900Z DAILY 21 AND 22 APR AND
            0500Z TO 1500Z DAILY 25 THRU 26 APR""",
            """230420-1100/230420-1500 230421-0500/230421-0900 230422-0500/230422-0900
            230425-0500/230425-1500 230426-0500/230426-1500""",
        ),
        ("0400Z TO 1700Z DAILY 21 THRU 24 APR EXCEPT SATURDAYS AND SUNDAYS",
         "230421-0400/230421-1700 230424-0400/230424-1700"),
        ("0500Z TO 1500Z MONDAY THRU TUESDAY UNTIL 18 APR",
         "230417-0500/230417-1500 230418-0500/230418-1500"),
        ("0500-0700 UTC DAILY 19, 21 AND 24 APR",
         "230419-0500/230419-0700 230421-0500/230421-0700 230424-0500/230424-0700"),
        ("12 THRU 25 APR", "230412-0000/230426-0000"),
        ("30 THRU 02 MAY", "230430-0000/230503-0000"),
        ("UNTIL 15 MAY", "230415-0600/230516-0000"),
        ("UNTIL 161750Z JUL", "230415-0600/230716-1750"),
        ("UNTIL FURTHER NOTICE", "230415-0600/-"),
        ("01 MAY UNTIL FURTHER NOTICE", "230501-0000/-"),
        ("COMMENCING 010800Z MAY UNTIL 03 MAY 2023", "230501-0800/230504-0000"),
        ("AT 130800Z APR", "230413-0800/-"),
        ("ON 10 APR", "230410-0000/-"),
        ("ON 20 APR", "230420-0000/230421-0000"),
        ("SUNRISE TO SUNSET 01 JAN THRU 14 JUN AND 16 SEP THRU 31 DEC",
         "230101-0000/230615-0000 230916-0000/240101-0000"),
        ("""SUNRISE TO SUNSET MONDAY, SUNRISE TO 2100Z TUESDAY THRU WEDNESDAY AND
         SUNRISE TO 1000Z FRIDAY, FROM 16 APR THRU 22 APR""",
         "230417-0000/230418-2100 230419-0000/230419-2100 230421-0000/230421-1000"),
        ("0500 TO 2100 LOCAL DAILY 19 APR", "230419-0000/230420-0000"),
    ],
)  # fmt: skip
def test_a_time_phrase_gives_its_windows(text, windows):
    assert shown(text).split() == windows.split()


def test_a_message_without_times_holds_from_issue_to_its_own_end():
    cancel = ISSUE + timedelta(days=2)
    windows, _ = windows_of(Schedule(), issue_s=ISSUE.timestamp(), cancel_s=cancel.timestamp())
    assert [(w.start_s, w.end_s) for w in windows] == [(ISSUE.timestamp(), cancel.timestamp())]


@pytest.mark.parametrize(
    "text",
    ["UNTIL 31 DEC 22", "SUNRISE TO SUNSET 19 APR", "310900Z APR TO 320900Z APR",
     "30 THRU 31 FEB", "0500Z TO 0700Z MONDAY EXCEPT HOLIDAYS", "0500 TO 2100 LOCAL",
     "12 THRU 14 APR 22"],
)  # fmt: skip
def test_what_cannot_be_put_into_figures_is_told_and_takes_no_less(text):
    _, remarks, _ = read_times(text)
    assert remarks


@pytest.mark.parametrize(
    "text", ["19 SHIPS", "0500 TO 2100", "2575Z TO 2600Z", "2 AND 3 MILES", "MAY BE", "320000Z APR"]
)
def test_words_that_are_no_time_are_left(text):
    assert elements_at(tokens_of(text), 0, 2023) == ((), 0)


def test_an_end_after_the_message_cancels_itself_is_kept_and_told():
    windows, remarks, _ = read_times("UNTIL 20 APR", cancel=ISSUE + timedelta(days=1))
    assert windows[0][1] == datetime(2023, 4, 21, tzinfo=UTC).timestamp()
    assert len(remarks) == 1


@settings(max_examples=100)
@given(
    st.integers(-20, 200),
    st.integers(0, 20),
    st.integers(0, 1439),
    st.integers(1, 1439),
    st.booleans(),
)
def test_daily_hours_come_back_from_their_words(ahead, length, start_min, long_min, with_year):
    first = (ISSUE + timedelta(days=ahead)).replace(hour=0, minute=0)
    last = first + timedelta(days=max(length, -ahead))
    begin, end = (timedelta(minutes=m % 1440) for m in (start_min, start_min + long_min))
    year = f"{last:%y}" if with_year else ""
    clock = "".join(f"{first + d:%H%M}Z TO " for d in (begin, end))[:-4]
    text = f"{clock} DAILY {first:%d %b} THRU {last:%d %b} {year}".upper()
    wanted = []
    for n in range((last - first).days + 1):
        start = (first + timedelta(days=n) + begin).timestamp()
        wanted.append((start, start + 60.0 * long_min))
    assume(wanted[-1][1] > ISSUE.timestamp())
    windows, remarks, left = read_times(text)
    assert (windows, remarks, left) == (wanted, (), 0)


@settings(max_examples=60)
@given(
    st.integers(2020, 2030),
    st.integers(1, 366),
    st.lists(st.integers(1, 60), min_size=1, max_size=6),
)
def test_a_list_of_spans_comes_back_with_one_month_at_its_end(year, day, hours):
    issue = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day)
    at, spans = issue + timedelta(hours=1), []
    for n in hours:
        spans.append((at, at + timedelta(hours=n)))
        at += timedelta(hours=n + 3)
    text = ", ".join(f"{a:%d%H%M}Z TO {b:%d%H%M}Z" for a, b in spans)
    windows, _, left = read_times(f"{text} {spans[-1][1]:%b}".upper(), issue=issue)
    assert left == 0
    assert windows == [(a.timestamp(), b.timestamp()) for a, b in spans]
