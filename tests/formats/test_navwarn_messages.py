import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.navwarn_broadcast import looks_like_broadcast, messages_of_text
from wideberth.formats.navwarn_dates import Day, first_from, last_until, span_of
from wideberth.formats.navwarn_messages import authority_of, group_s, messages_of_json, series_of
from wideberth.formats.reading import Severity

BROADCAST = """\
171636Z MAR 22
NAVAREA XII 165/22(22).
EASTERN SOUTH PACIFIC.
CHART 22112.
1. BEACON 02-38.2S 080-13.7W UNLIT.
2. CANCEL
HYDROPAC 11/22.

HYDROPAC 1247/23 (61).
GUNNERY EXERCISES.
ZCZC EA42
301201 UTC JUN 23
WRECK IN 49-13.1N 002-20W.
NNNN
"""


def days(year, month, day):
    return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()


def test_a_broadcast_text_splits_at_headers_group_lines_and_navtex_marks():
    messages, problems = messages_of_text(BROADCAST, "w.txt")
    assert [m.id for m in messages] == ["NAVAREA XII 165/22", "HYDROPAC 1247/23", "NAVTEX EA42"]
    assert [m.party for m in messages] == ["NAVAREA XII", "HYDROPAC", "NAVTEX E"]
    assert [m.issue_is_assumed for m in messages] == [False, True, False]
    assert messages[2].issue_s == datetime(2023, 6, 30, 12, 1, tzinfo=UTC).timestamp()
    assert messages[0].text.strip().endswith("HYDROPAC 11/22.")
    assert problems == []


def test_words_outside_of_any_warning_are_reported():
    _, problems = messages_of_text("SEE 12-33.0S 045-11.0E\n" + BROADCAST + "AND 10-00N\n", "w.txt")
    assert [p.text for p in problems] == ["SEE 12-33.0S 045-11.0E", "AND 10-00N"]
    assert {p.severity for p in problems} == {Severity.PARTIAL}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(BROADCAST.splitlines()), max_size=20).map("\n".join))
def test_every_position_of_a_shuffled_text_is_in_a_message_or_a_problem(text):
    messages, problems = messages_of_text(text, "w.txt")
    kept = " ".join([m.text for m in messages] + [p.text for p in problems])
    assert kept.count("080-13.7W") == text.count("080-13.7W")
    assert kept.count("002-20W") == text.count("002-20W")


def test_a_json_warning_takes_series_party_and_issue():
    row = {"navArea": "P", "msgNumber": 7, "msgYear": 2023, "text": "x", "issueDate": None}
    row |= {"authority": "AVURNAV LA REUNION 22/23 151532Z APR 23."}
    (message,), problems = messages_of_json(json.dumps([row]).encode(), "w.json")
    assert (message.id, message.party) == ("HYDROPAC 7/23", "AVURNAV LA REUNION")
    assert message.issue_s == datetime(2023, 4, 15, 15, 32, tzinfo=UTC).timestamp()
    assert problems == []


@pytest.mark.parametrize("row", [7, {"text": "A 12-33N"}, {"text": "A", "navArea": "4"}])
def test_a_row_that_is_no_warning_is_an_error_and_hides_no_other(row):
    good = {"navArea": "4", "msgNumber": 7, "msgYear": 2023, "text": "x"}
    data = json.dumps({"broadcast-warn": [row, good]}).encode()
    messages, problems = messages_of_json(data, "w.json")
    assert [m.id for m in messages] == ["NAVAREA IV 7/23"]
    assert [p.severity for p in problems] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("told", "party"),
    [
        ("OFFSHORE GUYANA 16/23 010102Z JAN 23.", "OFFSHORE GUYANA"),
        ("SFH 021139Z JUN 21.", "SFH"),
        ("WEST INDIES - COASTAL 271602Z OCT 21.", "WEST INDIES - COASTAL"),
        ("DUTCH CARIBBEAN COAST GUARD\t0/22 022001Z DEC 22.", "DUTCH CARIBBEAN COAST GUARD"),
        ("M/V M.Y. TALITHA 0/23 301552Z MAR 23.", "M/V M.Y. TALITHA"),
    ],
)
def test_a_party_is_the_authority_without_its_number_and_time(told, party):
    assert authority_of(told) == party


@pytest.mark.parametrize("text", ["321636Z MAR 22", "310000Z FEB 22", "012460Z MAR 22", "010000Z"])
def test_a_group_that_does_not_exist_gives_no_time(text):
    assert group_s(text) is None


def test_area_codes_become_series():
    assert [series_of(a) for a in ("4", "12", "A", "P", "C")] == [
        "NAVAREA IV",
        "NAVAREA XII",
        "HYDROLANT",
        "HYDROPAC",
        "HYDROARC",
    ]
    assert looks_like_broadcast(BROADCAST)
    assert not looks_like_broadcast("NAVAREA IV COORDINATOR SAYS 1/2")


@settings(max_examples=100)
@given(st.integers(days(2020, 1, 1), days(2030, 1, 1)), st.integers(0, 363), st.integers(-20, 250))
def test_a_span_in_force_is_found_again_without_its_years(start, length, before_start):
    first, last = (date(1970, 1, 1).fromordinal(start + n + 719163) for n in (0, length))
    issue = start - max(min(before_start, 364 - length), -length)
    if (first.month, first.day) == (2, 29) or (last.month, last.day) == (2, 29):
        return
    found = span_of(Day(first.day, first.month, None), Day(last.day, last.month, None), issue)
    assert found == (start, start + length)


@pytest.mark.parametrize(
    ("start", "end", "issue", "found"),
    [
        ((1, 1, None), (31, 12, None), (2023, 1, 2), ((2023, 1, 1), (2023, 12, 31))),
        ((16, 9, None), (31, 12, None), (2023, 1, 4), ((2023, 9, 16), (2023, 12, 31))),
        ((20, 12, None), (10, 1, None), (2022, 12, 15), ((2022, 12, 20), (2023, 1, 10))),
        ((26, 9, None), (26, 5, 2023), (2022, 9, 25), ((2022, 9, 26), (2023, 5, 26))),
        ((12, 4, None), (14, 4, None), (2023, 4, 15), ((2023, 4, 12), (2023, 4, 14))),
    ],
)
def test_the_year_of_a_span_follows_from_the_issue(start, end, issue, found):
    assert span_of(Day(*start), Day(*end), days(*issue)) == (days(*found[0]), days(*found[1]))


def test_a_leap_day_is_sought_up_to_four_years_away():
    assert first_from(Day(29, 2, None), days(2025, 1, 1)) == days(2028, 2, 29)
    assert last_until(Day(29, 2, None), days(2027, 1, 1)) == days(2024, 2, 29)
    assert span_of(Day(30, 2, None), Day(1, 3, None), days(2023, 1, 1)) is None


def test_a_header_that_is_not_quite_one_is_told():
    text = "HYDROPAC 1/23(GEN).\nWRECK.\nHYDROPAC 2/23 WRECK IN 10-00N 020-00E.\n"
    messages, problems = messages_of_text(text + "2. CANCEL\nHYDROPAC 3/23.\n", "w.txt")
    assert [m.id for m in messages] == ["HYDROPAC 1/23"]
    assert [p.text for p in problems] == ["HYDROPAC 2/23 WRECK IN 10-00N 020-00E."]
