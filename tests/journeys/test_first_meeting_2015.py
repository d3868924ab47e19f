"""The first meeting of 2015, in our words: two weeks away, its place settled days later.

Two sides led by their deputies; the answer comes from a mail client; silence would alarm both.
"""

import asyncio

import pytest
from api_clients import client_of
from two_nodes import T0, an_agreement, two_nodes

from wideberth.council.calendars import meeting_event
from wideberth.council.itip import Speaker, step_of, written
from wideberth.council.kinds import stand_of
from wideberth.formats.ical import Method
from wideberth.formats.ical_reader import read
from wideberth.formats.ical_writer import write
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.people import Role
from wideberth.peering.council.action import ActionConfirmed, ActionDone, ActionOpened
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingCalled,
    MeetingCancelled,
    MeetingHeld,
    MeetingKind,
    MeetingProposed,
    MinutesAgreed,
    MinutesProposed,
    When,
)

AGREEMENT = an_agreement()
H, D = 3600.0, 86400.0
IN_TWO_WEEKS = When(start_s=T0 + 14 * D, end_s=T0 + 14 * D + 4 * H)
CALLED = MeetingCalled(
    role="deputy", title="First meeting", meeting_kind=MeetingKind.PLENARY, when=IN_TWO_WEEKS
)
ABOUT = {"opener": "north", "matter": "M-1", "role": "deputy"}


async def found(node, kind="meeting", name="M-1"):
    return await node.desk.read(lambda reader: matters.matter(reader, kind, "north", name))


async def stands(pair, kind="meeting", name="M-1"):
    """Return where it stands, which must be the same on both sides."""
    north = stand_of(await found(pair.north, kind, name), AGREEMENT)
    assert north == stand_of(await found(pair.south, kind, name), AGREEMENT)
    return north


async def says(pair, node, body, *, after_s=0.0):
    pair.clock.now += after_s
    await node.tick()
    await node.do(Say(body, "a person"))
    await pair.settle()


async def both_tick(pair, now_s):
    pair.clock.now = now_s
    for node in (pair.north, pair.south):
        await node.tick()
    return [
        [kind for kind in await node.alarms() if "meeting" in kind]
        for node in (pair.north, pair.south)
    ]


def test_the_first_meeting_is_called_dated_placed_held_and_its_minutes_agreed():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            north, south = pair.north, pair.south
            await says(pair, north, CALLED)
            # South's deputy answers from a mail client: the date suits, the place is open.
            one = await found(south)
            event = meeting_event(one, AGREEMENT, "south")
            answer = written(one, AGREEMENT, "south", Method.REPLY, event)
            data = write(answer).replace(b"PARTSTAT=NEEDS-ACTION", b"PARTSTAT=ACCEPTED")
            said = step_of(read(data).calendar, one, Speaker("south", "deputy"), AGREEMENT)
            await says(pair, south, said, after_s=D)
            now = await stands(pair)
            assert (now.state, now.when, now.place) == ("dated", IN_TWO_WEEKS, "")
            # Days later, where.
            await says(pair, north, MeetingProposed(**ABOUT, place="Moscow"), after_s=3 * D)
            await says(pair, south, MeetingProposed(**ABOUT, place="Tel Aviv"), after_s=D)
            accepted = MeetingAnswered(**ABOUT, answer=Coming.ACCEPTED, place="Tel Aviv")
            await says(pair, north, accepted, after_s=D)
            assert (await stands(pair)).state == "settled"
            await says(pair, north, MeetingHeld(**ABOUT), after_s=8 * D)
            text = "The leads agree on a channel between the two headquarters."
            await says(pair, south, MinutesProposed(**ABOUT, text=text), after_s=H)
            digest = (await stands(pair)).minutes.digest
            agreed = MinutesAgreed(**ABOUT, digest=digest, dissent="Not by satellite.")
            await says(pair, north, agreed, after_s=H)
            now = await stands(pair)
            assert (now.state, now.minutes.agreed) == ("closed", ("north", "south"))
            assert now.dissents[0].party == "north"
            one = await found(north)
            assert all(step.message or step.is_delivered for step in one.steps)

    asyncio.run(run())


def test_an_invitation_that_is_not_answered_alarms_both_sides_until_it_is():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await says(pair, pair.north, CALLED)
            assert await both_tick(pair, T0 + 72 * H - 1) == [[], []]
            overdue = ["answer about the meeting overdue"]
            assert await both_tick(pair, T0 + 72 * H + 1) == [overdue, overdue]
            accepted = MeetingAnswered(**ABOUT, answer=Coming.ACCEPTED, when=IN_TWO_WEEKS)
            await says(pair, pair.south, accepted)
            assert await both_tick(pair, T0 + 73 * H) == [[], []]

    asyncio.run(run())


def test_a_year_after_a_plenary_both_sides_are_in_red_until_another_is_called():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await says(pair, pair.north, CALLED)
            accepted = MeetingAnswered(**ABOUT, answer=Coming.ACCEPTED, when=IN_TWO_WEEKS)
            await says(pair, pair.south, accepted)
            await says(pair, pair.north, MeetingHeld(**ABOUT), after_s=15 * D)
            await says(pair, pair.north, MinutesProposed(**ABOUT, text="Agreed."))
            digest = (await stands(pair)).minutes.digest
            await says(pair, pair.south, MinutesAgreed(**ABOUT, digest=digest))
            year_s = AGREEMENT.council.meetings.plenary_every_s
            held_s = T0 + 15 * D

            async def red():
                sides = (pair.north, pair.south)
                return [("plenary overdue" in await node.alarms()) for node in sides]

            await both_tick(pair, held_s + year_s - 1)
            assert await red() == [False, False]
            await both_tick(pair, held_s + year_s + 1)
            assert await red() == [True, True]
            again = MeetingCalled(role="deputy", title="Second", meeting_kind=MeetingKind.PLENARY)
            await says(pair, pair.south, again)
            assert await red() == [False, False]
            about = {"opener": "south", "matter": "M-1", "role": "deputy"}
            await says(pair, pair.south, MeetingCancelled(**about))
            assert await red() == [True, True]

    asyncio.run(run())


def test_what_one_side_has_to_do_is_done_when_the_other_has_seen_it():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            opened = ActionOpened(
                role="secretary",
                title="Name the channel",
                owner="south",
                owner_role="signals officer",
                due_s=T0 + 10 * D,
            )
            await says(pair, pair.north, opened)
            for node in (pair.north, pair.south):
                pair.clock.now = T0 + 10 * D + 1
                await node.tick()
                assert "action overdue" in await node.alarms()
            about = {"opener": "north", "matter": "A-1", "role": "secretary"}
            await says(pair, pair.south, ActionDone(**about, proof="243.0 MHz, tested."))
            await says(pair, pair.north, ActionConfirmed(**about, claim=2))
            assert (await stands(pair, "action", "A-1")).state == "confirmed"
            for node in (pair.north, pair.south):
                assert "action overdue" not in await node.alarms()

    asyncio.run(run())


@pytest.mark.parametrize("how", ["bearer", "basic"])
def test_a_calendar_program_subscribes_with_a_token_and_reads_what_both_sides_hold(how):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await says(pair, pair.north, CALLED)
            client = await client_of(pair.south, Role.OBSERVER)
            url = "/api/v1/council/calendar.ics"
            kind, token = client.headers["authorization"].split()
            if how == "basic":
                del client.headers["authorization"]
                given = await client.get(url, auth=("anything", token))
                posted = await client.post("/api/v1/council/meeting", auth=("x", token), json={})
                assert posted.status_code == 401
                assert (await client.get(url, auth=("x", "y"))).status_code == 401
            else:
                assert kind == "Bearer"
                given = await client.get(url)
            assert given.status_code == 200, given.text
            assert given.headers["content-type"].startswith("text/calendar")
            reading = read(given.content)
            assert reading.problems == ()
            assert reading.calendar.entries[0].title == "First meeting"
            assert (await client.get(url, headers={"authorization": "Basic %"})).status_code == 401

    asyncio.run(run())
