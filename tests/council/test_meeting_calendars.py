"""A meeting as mail clients have it: what they are sent, and what their answers say here."""

from dataclasses import replace

import pytest
from council_talk import AGREEMENT, Talk
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity

from wideberth.council.agenda import Late, agenda
from wideberth.council.calendars import PLACE_OPEN, feed, meeting_event, offered
from wideberth.council.itip import Speaker, step_of, written
from wideberth.council.pack import Sources, pack_of
from wideberth.council.refusals import NotFittingError
from wideberth.formats.ical import (
    Attendee,
    Calendar,
    Coming,
    Event,
    EventState,
    Method,
    Seat,
    Task,
    TaskState,
    matter_of,
)
from wideberth.formats.ical_reader import read
from wideberth.formats.ical_writer import write
from wideberth.formats.pages import LedgerHead, Picture, Table
from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena
from wideberth.peering.council import meeting
from wideberth.peering.council.action import ActionDone, ActionOpened
from wideberth.peering.council.assurance import AssuranceGiven
from wideberth.peering.council.meeting import (
    MeetingAnswered,
    MeetingCalled,
    MeetingCancelled,
    MeetingPoint,
    MeetingProposed,
    When,
)
from wideberth.peering.wire_footprint import footprint_to_wire
from wideberth.peering.wire_scope import WireScope

H, D = 3600.0, 86400.0
FIRST = When(start_s=T0 + 14 * D, end_s=T0 + 14 * D + 3 * H)
OTHER = When(start_s=T0 + 15 * D, end_s=T0 + 15 * D + 3 * H)
SOUTH = Speaker("south", "deputy")
NORTH = Speaker("north", "deputy")


def called(**more):
    return Talk(MeetingCalled(role="deputy", title="First meeting", when=FIRST, **more))


def invitation(talk, party="south", method=Method.REQUEST):
    """Return the file that a party's mail client is given, as it reads it."""
    data = write(written(talk.matter, talk.agreement, party, method))
    return read(data).calendar


def replied(talk, coming, *, method=Method.REPLY, party="south", **different):
    """Return what a mail client makes of an invitation: its own seat alone, its own answer."""
    (event,) = invitation(talk, party).entries
    fields = {
        "uid": event.uid,
        "stamp_s": event.stamp_s,
        "sequence": event.sequence,
        "start_s": event.start_s,
        "end_s": event.end_s,
        "place": event.place,
        "attendees": (Attendee(Seat(party, "deputy"), coming),),
    }
    return Calendar(method, (Event(**(fields | different)),))


def taken(talk, calendar, speaker=SOUTH):
    return step_of(calendar, talk.matter, speaker, talk.agreement)


def test_an_invitation_names_roles_and_says_that_the_place_is_open():
    (event,) = invitation(called()).entries
    assert matter_of(event.uid) == ("meeting", "north", "X-1")
    assert event.organizer == Seat("north", "deputy")
    assert [(a.seat.party, a.coming) for a in event.attendees] == [
        ("north", Coming.ACCEPTED),
        ("south", Coming.OPEN),
    ]
    assert (event.place, event.state) == ("", EventState.TENTATIVE)
    assert PLACE_OPEN in event.words


def test_an_accepted_reply_accepts_what_was_proposed():
    talk = called(place="Larnaca")
    said = taken(talk, replied(talk, Coming.ACCEPTED))
    assert (said.answer, said.when, said.place) == (meeting.Coming.ACCEPTED, FIRST, "Larnaca")
    assert talk.say("south", said).state == "settled"
    (event,) = invitation(talk).entries
    assert event.state is EventState.CONFIRMED
    assert {a.coming for a in event.attendees} == {Coming.ACCEPTED}


@pytest.mark.parametrize("coming", [Coming.DECLINED, Coming.TENTATIVE])
def test_declined_and_tentative_replies_say_so_with_the_words_of_the_client(coming):
    talk = called()
    said = taken(talk, replied(talk, coming, comment="Ramadan"))
    assert (said.answer.value.upper(), said.words) == (coming.value, "Ramadan")
    assert said.when is None
    talk.say("south", said)


def test_a_counter_proposes_what_differs_alone():
    talk = called(place="Larnaca")
    at_other = {"start_s": OTHER.start_s, "end_s": OTHER.end_s}
    calendar = replied(talk, Coming.TENTATIVE, method=Method.COUNTER, **at_other)
    said = taken(talk, calendar)
    assert said == MeetingProposed(opener="north", matter="X-1", role="deputy", when=OTHER)
    talk.say("south", said)
    assert offered(talk.stand, "north") == (OTHER, "Larnaca")
    with pytest.raises(NotFittingError, match="older proposal"):
        taken(talk, calendar)
    declined = replace(invitation(talk, "north"), method=Method.DECLINECOUNTER)
    assert taken(talk, declined, NORTH).answer is meeting.Coming.DECLINED


def test_what_answers_another_time_or_party_or_nothing_is_refused():
    talk = called()
    cases = [
        (replied(talk, Coming.ACCEPTED, start_s=FIRST.start_s + 1), SOUTH, "another time"),
        (replied(talk, Coming.ACCEPTED, sequence=3), SOUTH, "older proposal"),
        (replied(talk, Coming.OPEN), SOUTH, "does not say accepted"),
        (replied(talk, Coming.ACCEPTED), NORTH, "the answer of south"),
        (replied(talk, Coming.ACCEPTED, method=Method.CANCEL), SOUTH, "the word of north"),
        (replied(talk, Coming.ACCEPTED, method=Method.PUBLISH), SOUTH, "only informs"),
        (Calendar(Method.REPLY, ()), SOUTH, "0 meetings"),
        (replied(talk, Coming.ACCEPTED, method=Method.COUNTER), SOUTH, "proposed already"),
        (replied(talk, Coming.ACCEPTED, party="north"), NORTH, "accepted that already"),
    ]
    for calendar, speaker, why in cases:
        with pytest.raises(NotFittingError, match=why):
            taken(talk, calendar, speaker)
    with pytest.raises(NotFittingError, match="no meeting here"):
        step_of(replied(talk, Coming.ACCEPTED), None, SOUTH, AGREEMENT)


def test_an_address_that_names_no_party_answers_for_us_only_if_a_person_says_so():
    talk = called()
    seat = Attendee(Seat(outside="mailto:deputy@south.example"), Coming.ACCEPTED)
    calendar = replied(talk, Coming.ACCEPTED, attendees=(seat,))
    with pytest.raises(NotFittingError, match="names no party"):
        taken(talk, calendar)
    said = taken(talk, calendar, Speaker("south", "deputy", is_ours=True))
    assert said.answer is meeting.Coming.ACCEPTED


def test_a_cancellation_goes_out_and_comes_in_from_the_opener():
    talk = called()
    said = taken(talk, replied(talk, Coming.OPEN, method=Method.CANCEL, party="north"), NORTH)
    assert isinstance(said, MeetingCancelled)
    talk.say("north", said)
    (event,) = invitation(talk, method=Method.CANCEL).entries
    assert event.state is EventState.CANCELLED


def test_a_meeting_made_in_a_mail_client_becomes_a_call():
    event = Event(
        uid="A1B2@client", stamp_s=T0, title="Talk\n now", start_s=T0 + D, end_s=T0 + 2 * D
    )
    said = step_of(Calendar(Method.REQUEST, (event,)), None, NORTH, AGREEMENT)
    assert said == MeetingCalled(
        role="deputy", title="Talk now", when=When(start_s=T0 + D, end_s=T0 + 2 * D)
    )


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("north", "south")),
        st.sampled_from((FIRST, OTHER)) | st.none(),
        st.sampled_from(("", "Larnaca", "Hmeimim")),
        st.sampled_from((*meeting.Coming, None)),
    ),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_accepting_by_mail_always_fits_where_an_answer_is_owed(steps):
    talk = called()
    for party, when, place, answer in steps:
        said = (
            MeetingProposed(role="x", when=when, place=place)
            if answer is None
            else MeetingAnswered(role="x", answer=answer, when=when, place=place)
        )
        talk.hear(party, said)
    for party in sorted(talk.stand.asked):
        calendar = replied(talk, Coming.ACCEPTED, party=party)
        talk.say(party, taken(talk, calendar, Speaker(party, "deputy")))
        assert party not in talk.stand.asked


def an_action():
    return Talk(
        ActionOpened(
            role="secretary",
            title="Send the list",
            owner="south",
            owner_role="spectrum officer",
            due_s=T0 + 30 * D,
            meeting="meeting/north/X-1",
        )
    )


def test_the_feed_holds_meetings_actions_what_is_owed_and_the_end_of_the_agreement():
    agreement = replace(AGREEMENT, validity=TimeWindow(T0, T0 + 365 * D))
    action = an_action()
    action.say("south", ActionDone(role="x", proof="done"))
    calendar = feed([called().matter, action.matter], agreement, "north")
    found = read(write(calendar))
    assert found.calendar == calendar
    assert found.problems == ()
    tasks = {e.title: e for e in calendar.entries if isinstance(e, Task)}
    assert tasks["Send the list"].state is TaskState.STARTED
    assert tasks["Send the list"].owner == Seat("south", "spectrum officer")
    (event, *_rest) = calendar.entries
    assert tasks["Send the list"].related == (event.uid,)
    owed = tasks["south owes the answer about the meeting: First meeting"]
    assert owed.due_s == T0 + 72 * H
    assert calendar.entries[-1].start_s == T0 + 365 * D
    assert len({entry.uid for entry in calendar.entries}) == len(calendar.entries)


def test_a_meeting_without_a_time_is_no_event_yet_and_cannot_be_sent():
    talk = Talk(MeetingCalled(role="deputy", title="M", place="Larnaca"))
    assert meeting_event(talk.matter, AGREEMENT, "south") is None
    with pytest.raises(NotFittingError, match="no time"):
        written(talk.matter, AGREEMENT, "south", Method.REQUEST)


def test_the_agenda_has_what_was_added_what_is_open_what_came_late_and_what_always_is_on_it():
    talk, action = called(), an_action()
    other = an_action()
    talk.say("south", MeetingPoint(role="x", title="The list", ref=action.matter.ref))
    late = [Late(party="north", activity="N-1", owed_s=7200.0, given_s=600.0, clause="N1")] * 7
    items = agenda(talk.stand, [action.matter], AGREEMENT, late)
    standing = AGREEMENT.council.meetings.standing_agenda
    assert [item.title for item in items] == ["The list", "Late notices of north: 7", *standing]
    items = agenda(called().stand, [other.matter, called().matter], AGREEMENT)
    assert items[0].title == "Action item: Send the list"
    assert "south owes the action by" in items[0].rests_on
    assert len(items) == 1 + len(standing)


def test_the_pack_has_the_agenda_the_open_matters_the_map_and_every_clause():
    talk, action = called(), an_action()
    seen = an_activity("north", "N-7", volumes=(a_volume(),))
    sources = Sources(
        meeting=talk.matter,
        agenda=agenda(talk.stand, [action.matter], AGREEMENT),
        matters=(talk.matter, action.matter),
        activities=(seen,),
        heads=(LedgerHead("north", 3, "ab" * 32),),
        agreement=AGREEMENT,
        party="north",
        now_s=T0,
    )
    pages = pack_of(sources)
    cells = [cell for b in pages.blocks if isinstance(b, Table) for row in b.rows for cell in row]
    assert {"N-7", "Send the list", "action/north/X-1", "still open"} <= set(cells)
    assert sum(isinstance(block, Picture) for block in pages.blocks) == 1
    assert AGREEMENT.clauses[0].text in repr(pages.blocks)
    assert pages.source != pack_of(replace(sources, activities=())).source
    assert pages.source == pack_of(sources).source


def test_an_assurance_is_on_the_agenda_in_the_feed_and_on_the_map_until_it_lapses():
    until_s = T0 + 60 * D
    area = footprint_to_wire(Circle((33.0, 34.0), 20_000.0))
    scope = WireScope(start_s=T0, end_s=until_s, arenas=(Arena.AIR,), area=area)
    given = Talk(AssuranceGiven(role="deputy", title="No firing", scope=scope))
    items = agenda(called().stand, [given.matter], AGREEMENT)
    assert items[0].title == "Assurance: No firing"
    assert "lapses" in items[0].rests_on
    calendar = feed([given.matter], AGREEMENT, "north")
    lapses = [e for e in calendar.entries if isinstance(e, Event)]
    assert [(e.title, e.start_s) for e in lapses] == [("Lapses: No firing", until_s)]
    sources = Sources(
        meeting=called().matter,
        agenda=items,
        matters=(given.matter,),
        activities=(),
        heads=(),
        agreement=AGREEMENT,
        party="north",
        now_s=T0,
    )
    (picture,) = [b for b in pack_of(sources).blocks if isinstance(b, Picture)]
    assert "assurance north/X-1" in picture.svg
