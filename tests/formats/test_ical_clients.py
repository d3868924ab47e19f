"""How mail clients write meetings: each habit understood, assumed aloud, or refused with a remedy.

The files are our own, in the manner of Outlook, Google Calendar and Thunderbird.
"""

import pytest

from wideberth.formats.ical import CalendarError, Coming, Method, Seat
from wideberth.formats.ical_reader import read
from wideberth.formats.reading import Severity

OUTLOOK = """\
BEGIN:VCALENDAR
METHOD:COUNTER
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN=deputy:mailto:deputy@south.example
COMMENT;LANGUAGE=en-US:Could we start\\, say\\, later?\\n
UID:meeting/north/M-1@wideberth
SUMMARY;LANGUAGE=en-US:New Time Proposed: First plen
 ary
DTSTART;TZID=W. Europe Standard Time:20151005T120000
DTEND;TZID=W. Europe Standard Time:20151005T140000
CLASS:PUBLIC
DTSTAMP:20150924T080000Z
SEQUENCE:2
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def reading(text):
    return read(text.replace("\n", "\r\n").encode())


def said(found, severity):
    return [f"{p.what} {p.text}".strip() for p in found.problems if p.severity is severity]


def test_outlooks_counter_proposal_is_understood_with_its_windows_zone():
    found = reading(OUTLOOK)
    (event,) = found.calendar.entries
    assert found.calendar.method is Method.COUNTER
    assert (event.start_s, event.end_s) == (1_444_039_200.0, 1_444_046_400.0)  # 10:00, 12:00 Z
    assert event.title == "New Time Proposed: First plenary"
    assert event.comment == "Could we start, say, later?\n"
    assert event.attendees[0].coming is Coming.TENTATIVE
    assert event.attendees[0].seat == Seat(outside="mailto:deputy@south.example")
    assert (
        said(found, Severity.ASSUMED)
        == ["the zone 'W. Europe Standard Time' is taken as Europe/Berlin."] * 2
    )
    assert said(found, Severity.PARTIAL) == [
        "mailto:deputy@south.example is no role of a party; say for whom it answers."
    ]
    assert said(found, Severity.NOTE) == [
        "VALARM is not read.",
        "not read: CLASS:PUBLIC",
        "not read: X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    ]
    assert not found.is_refused


@pytest.mark.parametrize(
    ("zone", "start_s"),
    [
        (";TZID=Europe/Berlin:20151005T120000", 1_444_039_200.0),
        (';TZID="Europe/Berlin":20151005T120000', 1_444_039_200.0),
        (";TZID=/mozilla.org/20070129_1/Europe/Berlin:20151005T120000", 1_444_039_200.0),
        (";TZID=America/Argentina/Ushuaia:20151005T070000", 1_444_039_200.0),
        (";TZID=UTC:20151005T100000", 1_444_039_200.0),
        (";TZID=Israel Standard Time:20151005T130000", 1_444_039_200.0),
        (";TZID=Russian Standard Time:20151005T130000", 1_444_039_200.0),
        (":20151005T100000Z", 1_444_039_200.0),
    ],
)
def test_zones_are_known_by_their_names(zone, start_s):
    text = OUTLOOK.replace(";TZID=W. Europe Standard Time:20151005T120000", zone)
    (event,) = reading(text).calendar.entries
    assert event.start_s == start_s


@pytest.mark.parametrize(
    ("start", "why", "remedy"),
    [
        (":20151005T120000", "floats", "with a time zone"),
        (";TZID=Customized Time Zone:20151005T120000", "is not known", "with a time zone"),
        (";TZID=localtime:20151005T120000", "is not known", "with a time zone"),
        (";TZID=Europe:20151005T120000", "is not known", "with a time zone"),
        (";TZID=Europe/:20151005T120000", "is not known", "with a time zone"),
        (";TZID=Europe/../../passwd:20151005T120000", "is not known", "with a time zone"),
        (";VALUE=DATE:20151005", "a day without an hour", "a start and an end"),
        (":20150230T120000Z", "does not exist", ""),
        (":2015-10-05T12:00:00Z", "is no date-time", ""),
        (":20151005T150000Z", "ends before it starts", ""),
        (":20151005T100000Z\nDTSTART:20151006T100000Z", "stands 2 times", ""),
    ],
)
def test_a_time_that_does_not_say_when_is_refused(start, why, remedy):
    text = OUTLOOK.replace(";TZID=W. Europe Standard Time:20151005T120000", start)
    found = reading(text)
    assert found.calendar.entries == ()
    (error,) = [p for p in found.problems if p.severity is Severity.ERROR]
    assert why in error.what
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("local", "remark", "start_s"),
    [
        ("20151025T023000", "comes twice", 1_445_733_000.0),
        ("20150329T023000", "clocks skip", 1_427_592_600.0),
    ],
)
def test_an_hour_that_clocks_skip_or_repeat_is_said(local, remark, start_s):
    text = OUTLOOK.replace("20151005T120000", local).replace("20151005T140000", "20151101T140000")
    found = reading(text)
    assert found.calendar.entries[0].start_s == start_s
    assert any(remark in words for words in said(found, Severity.ASSUMED))


def test_a_meeting_that_repeats_is_read_once_and_said():
    found = reading(OUTLOOK.replace("CLASS:PUBLIC", "RRULE:FREQ=WEEKLY"))
    assert "it repeats (RRULE); only the first is read." in said(found, Severity.PARTIAL)


def test_an_end_may_be_a_length_or_left_out():
    ends = "DTEND;TZID=W. Europe Standard Time:20151005T140000"
    (event,) = reading(OUTLOOK.replace(ends, "DURATION:PT90M")).calendar.entries
    assert event.end_s - event.start_s == 5400.0
    (event,) = reading(OUTLOOK.replace(ends, "TRANSP:OPAQUE")).calendar.entries
    assert event.end_s == event.start_s
    assert reading(OUTLOOK.replace(ends, f"{ends}\nDURATION:PT90M")).is_refused
    assert reading(OUTLOOK.replace(ends, "DURATION:-PT90M")).is_refused


def test_what_a_file_asks_for_is_never_guessed():
    found = reading(OUTLOOK.replace("METHOD:COUNTER\n", ""))
    assert found.calendar.method is Method.PUBLISH
    assert any("does not say what it asks for" in w for w in said(found, Severity.ASSUMED))
    found = reading(OUTLOOK.replace("METHOD:COUNTER", "METHOD:ADD"))
    assert found.calendar.method is Method.PUBLISH
    assert found.is_refused


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "0 calendars"),
        (b"hello", "0 calendars"),
        (OUTLOOK.encode("utf-16"), "not UTF-8"),
        (OUTLOOK.removesuffix("END:VCALENDAR\n").encode(), "ends inside"),
        ((OUTLOOK * 2).encode(), "2 calendars"),
        (b"END:VEVENT\r\n", "stands in no component"),
        (b"BEGIN:X\r\n" * 20, "too deep"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:" + b"a" * 5_000_000, "larger"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:a\r\n" * 60_000, "lines"),
    ],
)
def test_a_broken_file_is_refused_whole(data, why):
    with pytest.raises(CalendarError, match=why):
        read(data)


def test_a_line_too_long_to_be_read_is_said_and_the_rest_is_read():
    found = reading(OUTLOOK.replace("CLASS:PUBLIC", f"ATTACH:{'A' * 200_000}"))
    assert len(found.calendar.entries) == 1
    assert any(words.startswith("not a calendar's line") for words in said(found, Severity.PARTIAL))


def test_very_many_addresses_are_counted():
    many = "\n".join([f"ATTENDEE:mailto:a{n}@b.example" for n in range(500)])
    found = reading(OUTLOOK.replace("CLASS:PUBLIC", many))
    assert "501 addresses are no role of a party." in said(found, Severity.PARTIAL)


def test_very_many_unknown_properties_are_counted():
    found = reading(OUTLOOK.replace("CLASS:PUBLIC", "\n".join(["X-A:\x1b[2J"] * 500)))
    notes = said(found, Severity.NOTE)
    assert "\\x1b[2J" in notes[1]
    assert len(notes) < 105
    assert "not read" in notes[-1]
    assert notes[-1].startswith("402 more")
