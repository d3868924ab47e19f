import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.ical import (
    Attendee,
    Calendar,
    CalendarError,
    Coming,
    Event,
    EventState,
    Method,
    Seat,
    Task,
    TaskState,
    matter_of,
    seat_of,
    uid_of,
    written,
)
from wideberth.formats.ical_reader import read
from wideberth.formats.ical_writer import write
from wideberth.formats.reading import Severity

TEN_S = 1_444_039_200.0  # 2015-10-05 10:00 Z
words = st.text(max_size=60).map(written)
some = st.text(min_size=1, max_size=20).filter(str.strip)
times = st.integers(0, 4_000_000_000).map(float)
seats = st.builds(Seat, some, some)
uids = st.builds(uid_of, some, some, some)


@st.composite
def events(draw):
    start_s, length_s = draw(st.none() | times), draw(st.sampled_from([0, 1, 3600]))
    return Event(
        uid=draw(uids),
        stamp_s=draw(times),
        title=draw(words),
        start_s=start_s,
        end_s=None if start_s is None else start_s + length_s,
        sequence=draw(st.integers(0, 2**31 - 1)),
        organizer=draw(st.none() | seats),
        attendees=tuple(
            draw(
                st.lists(
                    st.builds(Attendee, seats, st.sampled_from(Coming), st.booleans()), max_size=3
                )
            )
        ),
        place=draw(words),
        words=draw(words),
        comment=draw(words),
        state=draw(st.none() | st.sampled_from(EventState)),
        kind=draw(words),
        related=tuple(draw(st.lists(uids, max_size=2))),
    )


tasks = st.builds(
    Task,
    uid=uids,
    stamp_s=times,
    title=words,
    due_s=st.none() | times,
    state=st.sampled_from(TaskState),
    completed_s=st.none() | times,
    sequence=st.integers(0, 9),
    organizer=st.none() | seats,
    owner=st.none() | seats,
    words=words,
    comment=words,
    kind=words,
    related=st.lists(uids, max_size=2).map(tuple),
)
calendars = st.builds(
    Calendar,
    # a file that only informs may leave out when; a proposal may not
    st.just(Method.REPLY),
    st.lists(events() | tasks, max_size=3).map(tuple),
    words,
)


@settings(max_examples=80, deadline=None)
@given(calendars)
def test_what_is_written_is_read_back_without_a_remark(calendar):
    found = read(write(calendar))
    assert found.calendar == calendar
    assert found.problems == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
@example("a\r\nATTENDEE:urn:x\r\n b\x1b[2J\x00\u2028c\x85d\x0bEND:VEVENT")
@example("\ud800\\n\\;,")
def test_no_words_break_out_of_their_line(text):
    said = Event(uid="u", stamp_s=0.0, title=text, place=text, words=text, comment=text)
    found = read(write(Calendar(Method.REPLY, (said,), text)))
    shown = written(text)
    (event,) = found.calendar.entries
    assert (event.title, event.place, event.words, event.comment) == (shown,) * 4
    assert event.attendees == ()


@settings(max_examples=60, deadline=None)
@given(st.text("aä€😀 ", max_size=200))
def test_no_line_is_longer_than_75_bytes(text):
    data = write(Calendar(Method.PUBLISH, (Event(uid="u", stamp_s=0.0, words=text),)))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


LINES = (
    b"BEGIN:VCALENDAR",
    b"END:VCALENDAR",
    b"BEGIN:VEVENT",
    b"END:VEVENT",
    b"BEGIN:VTODO",
    b"END:VTODO",
    b"METHOD:COUNTER",
    b"UID:x",
    b"DTSTART:20151005T100000Z",
    b"DTSTART;TZID=Europe/Berlin:20150329T023000",
    b"DTSTART;TZID=Europe:20150329T023000",
    b"DTSTART;TZID=../../etc/passwd:20150329T023000",
    b"DTEND;VALUE=DATE:20151005",
    b"DTEND:99999999T999999Z",
    b"DURATION:P999999999W",
    b"DURATION:-PT1H",
    b"DUE:20151005T100060Z",
    b"SEQUENCE:99999999999999999999999",
    b"ATTENDEE;PARTSTAT=X;ROLE=CHAIR:mailto:a@b",
    b"ATTENDEE:urn:wideberth::",
    b"RRULE:FREQ=SECONDLY",
    b"X;=;:",
    b" folded",
    b'CN="',
    b"\xff",
    b"\x00",
)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from(LINES) | st.binary(max_size=9), max_size=14).map(b"\r\n".join)
)
def test_any_bytes_are_read_or_refused_as_no_calendar(data):
    inside = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    for one in (data, inside):
        try:
            found = read(one)
        except CalendarError:
            continue
        for entry in found.calendar.entries:
            assert entry.uid.strip()


@settings(max_examples=60, deadline=None)
@given(some, some, some)
def test_a_uid_names_its_matter_and_an_address_its_seat(kind, opener, matter):
    assert matter_of(uid_of(kind, opener, matter)) == (kind, opener, matter)
    assert seat_of(Seat(opener, matter).address) == Seat(opener, matter)


@pytest.mark.parametrize("uid", ["x", "a/b/c", "a/b@wideberth", "a/b/c%2@wideberth", "@wideberth"])
def test_a_uid_of_others_names_no_matter(uid):
    assert matter_of(uid) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Event(uid=" ", stamp_s=0.0),
        lambda: Event(uid="u", stamp_s=-1.0),
        lambda: Event(uid="u", stamp_s=float("nan")),
        lambda: Event(uid="u", stamp_s=0.0, start_s=5.0),
        lambda: Event(uid="u", stamp_s=0.0, start_s=5.0, end_s=4.0),
        lambda: Event(uid="u", stamp_s=0.0, sequence=-1),
        lambda: Task(uid="u", stamp_s=0.0, due_s=1e18),
        Seat,
        lambda: Seat("north", " "),
        lambda: Seat("north", "deputy", "mailto:x@y"),
    ],
)
def test_what_no_calendar_can_hold_is_refused(wrong):
    with pytest.raises(ImpossibleValueError):
        wrong()


def said_of(found, severity):
    return [f"{p.what} {p.text}".strip() for p in found.problems if p.severity is severity]


def test_a_reply_without_a_time_is_read_and_a_request_without_one_is_not():
    said = (Event(uid="u", stamp_s=TEN_S, attendees=(Attendee(Seat("s", "d"), Coming.DECLINED),)),)
    assert read(write(Calendar(Method.REPLY, said))).calendar.entries == said
    found = read(write(Calendar(Method.REQUEST, said)))
    assert found.calendar.entries == ()
    assert said_of(found, Severity.ERROR) == ["the meeting has no start."]
