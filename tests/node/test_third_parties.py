"""Caveats between two nodes: who must be told is told in time, or both sides are in red."""

import asyncio
from dataclasses import replace

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.council import caveat
from wideberth.council.caveat import NOT_TOLD
from wideberth.council.refusals import NotFittingError
from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import RecallNotice, Suspend
from wideberth.model.council_clocks import CaveatRules
from wideberth.model.council_rules import CouncilRules
from wideberth.model.span import TimeWindow
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.caveat import (
    CaveatAccepted,
    CaveatCannot,
    CaveatChanged,
    CaveatEnded,
    CaveatRaised,
    CaveatRelayed,
    CaveatWithdrawn,
)

RELAY_S = 1800.0
CLAUSE = an_agreement().clauses[0].id
AGREEMENT = an_agreement(council=CouncilRules(caveat=CaveatRules(RELAY_S, CLAUSE)))
WHO = "the control centre of a third state"
RAISED = CaveatRaised(
    role="duty officer",
    who=WHO,
    about="area/the strait",
    owed_by="north",
    owed_role="duty officer",
)


def played(scene):
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            await scene(pair)

    asyncio.run(whole())


async def caveats(node):
    found, _ = await node.desk.read(lambda r: matters.matters(r, kind="caveat", is_open=False))
    return found


async def stands(pair):
    """Return where every caveat stands, which must be alike on both sides."""
    await pair.settle()
    found = [
        [(one.ref, caveat.stand(one, AGREEMENT)) for one in await caveats(node)]
        for node in (pair.north, pair.south)
    ]
    assert found[0] == found[1]
    return [stand for _ref, stand in found[0]]


async def say(node, body, one=None, **more):
    named = {} if one is None else {"opener": one.opener, "matter": one.id}
    return (await node.do(Say(body(role="duty officer", **named, **more), "p"))).matter


async def raised(pair, **different):
    body = {name: getattr(RAISED, name) for name in ("who", "about", "owed_by", "owed_role")}
    one = await say(pair.north, CaveatRaised, **(body | different))
    await pair.settle()
    return one


def starting(in_s, **different):
    return an_activity(
        volumes=(a_volume(time=TimeWindow(T0 + in_s, T0 + in_s + 3600.0)),), **different
    )


async def alarms_of_both(pair):
    await pair.settle()
    return [
        [(a.kind, a.text) for a in await node.desk.read(queries.alarms) if "caveat" in a.text]
        for node in (pair.north, pair.south)
    ]


def test_a_declaration_that_names_third_parties_opens_one_caveat_on_both_sides():
    async def scene(pair):
        await pair.north.declare(an_activity(), third_parties=WHO)
        await pair.north.declare(an_activity(name="A2"))
        (one,) = await stands(pair)
        assert (one.state, one.who, one.about) == ("owed", WHO, "activity/north/A1")
        assert (one.owed_by, one.owed_role, one.declared) == ("north", "duty officer", True)
        assert one.dues[0].at_s == T0 + RELAY_S
        await pair.north.declare(an_activity(revision=2, title="another"), third_parties=WHO)
        (one,) = await stands(pair)
        assert one.turn == 1

    played(scene)


@pytest.mark.parametrize("in_s", [60.0, RELAY_S - 1.0, RELAY_S + 1.0])
def test_the_relay_is_due_before_it_begins_and_then_in_red_on_both_sides_with_the_clause(in_s):
    async def scene(pair):
        await pair.north.declare(starting(in_s), third_parties=WHO)
        due_s = min(in_s, RELAY_S)
        await pass_time(pair, due_s - 1.0, step_s=due_s - 1.0)
        assert await alarms_of_both(pair) == [[], []]
        await pass_time(pair, 2.0, step_s=1.0)
        for found in await alarms_of_both(pair):
            ((kind, text),) = found
            assert kind == "relay overdue"
            assert f"({CLAUSE})" in text
            assert WHO not in text
        (one,) = await caveats(pair.north)
        await say(
            pair.north, CaveatRelayed, one, of_turn=1, to="them", how="a call", acknowledged="yes"
        )
        assert await alarms_of_both(pair) == [[], []]
        assert [s.state for s in await stands(pair)] == ["relayed"]

    played(scene)


def test_an_amendment_of_words_time_or_shape_has_them_told_anew():
    async def scene(pair):
        told = {"of_turn": 1, "to": "them", "how": "a call", "acknowledged": "yes"}
        await pair.north.declare(an_activity(), third_parties=WHO)
        (one,) = await caveats(pair.north)
        await say(pair.north, CaveatRelayed, one, **told)
        for n, (activity, who) in enumerate(
            (
                (an_activity(revision=2), "an airline"),
                (starting(9000.0, revision=3), "an airline"),
                (an_activity(revision=4, volumes=(a_volume(33.5),)), "an airline"),
            )
        ):
            await pair.north.declare(activity, third_parties=who)
            (now,) = await stands(pair)
            assert (now.state, now.who, now.turn) == ("owed", who, 3 + 2 * n)
            (one,) = await caveats(pair.north)
            await say(pair.north, CaveatRelayed, one, **(told | {"of_turn": now.turn}))
        assert [s.state for s in await stands(pair)] == ["relayed"]

    played(scene)


def test_words_taken_out_withdraw_it_and_words_put_back_open_the_same_one_again():
    async def scene(pair):
        await pair.north.declare(an_activity(), third_parties=WHO)
        states = []
        for revision, who in ((2, ""), (3, ""), (4, WHO)):
            await pair.north.declare(an_activity(revision=revision), third_parties=who)
            states += [s.state for s in await stands(pair)]
        assert states == ["withdrawn", "withdrawn", "owed"]

    played(scene)


def test_what_its_raiser_withdrew_by_hand_is_not_opened_again_by_the_same_words():
    async def scene(pair):
        await pair.north.declare(an_activity(), third_parties=WHO)
        (one,) = await caveats(pair.north)
        await say(pair.north, CaveatWithdrawn, one, reason="they are no longer there")
        await pair.north.declare(an_activity(revision=2, title="x"), third_parties=WHO)
        assert [s.state for s in await stands(pair)] == ["withdrawn"]

    played(scene)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ENDED])
def test_an_activity_that_is_over_ends_it_and_it_stays_known_that_nobody_was_told(state):
    async def scene(pair):
        await pair.north.declare(starting(60.0), third_parties=WHO)
        await pair.north.declare(starting(60.0, name="A2"), third_parties=WHO)
        first, _second = await caveats(pair.north)
        await say(pair.north, CaveatRelayed, first, of_turn=1, to="them", how="a call")
        await pass_time(pair, 120.0, step_s=60.0)
        for name in ("A1", "A2"):
            if state is State.ENDED:
                await pair.north.change(name, State.ACTIVATED)
            await pair.north.change(name, state)
        assert [s.state for s in await stands(pair)] == ["ended", "not relayed"]
        assert await alarms_of_both(pair) == [[], []]

    played(scene)


def test_a_private_activity_says_nothing_until_it_is_disclosed():
    async def scene(pair):
        hidden = an_activity(disclose=Disclosure.PRIVATE)
        await pair.north.declare(hidden, third_parties=WHO)
        assert await stands(pair) == []
        with pytest.raises(NotAllowedError, match="private"):
            await raised(pair, about="activity/north/A1")
        assert await stands(pair) == []
        open_now = an_activity(revision=2, disclose=Disclosure.EXTENT)
        await pair.north.declare(open_now, third_parties=WHO)
        assert [s.state for s in await stands(pair)] == ["owed"]

    played(scene)


def test_a_private_conflict_is_not_named_to_a_peer():
    async def scene(pair):
        await pair.south.declare(an_activity("south", "B1"))
        await pair.settle()
        await pair.north.declare(an_activity(disclose=Disclosure.PRIVATE))
        (met,) = await pair.north.conflicts()
        with pytest.raises(NotAllowedError, match="private"):
            await raised(pair, about=f"conflict/{met.id}")

    played(scene)


def test_what_a_suspended_exchange_keeps_back_is_not_told_by_its_caveat():
    async def scene(pair):
        await pair.north.declare(an_activity(), third_parties=WHO)
        await pair.settle()
        await pair.north.do(Suspend("south", True, "admin", "for reasons"))
        await pair.north.declare(an_activity(name="A2"), third_parties="SECRET")
        await pair.north.declare(an_activity(revision=2), third_parties="SECRET")
        assert [s.who for s in await stands(pair)] == [WHO]
        await pair.north.do(Suspend("south", False, "admin", "over"))
        await pass_time(pair, 60.0)
        assert [s.who for s in await stands(pair)] == ["SECRET", "SECRET"]

    played(scene)


def test_a_recalled_activity_ends_its_caveat():
    async def scene(pair):
        answer = await pair.north.declare(an_activity(), third_parties=WHO)
        await pair.settle()
        await pair.north.do(RecallNotice(answer.notices[0].message, "not for them", "p"))
        assert [s.state for s in await stands(pair)] == ["not relayed"]

    played(scene)


def test_who_cannot_pass_it_on_is_in_red_on_both_sides_until_the_other_accepts():
    async def scene(pair):
        one = await raised(pair)
        await say(pair.north, CaveatCannot, one, of_turn=1, reason="no number is known")
        for node, found in zip((pair.north, pair.south), await alarms_of_both(pair), strict=True):
            ((kind, text),) = found
            assert (kind, f"({CLAUSE})" in text) == (NOT_TOLD, True)
            (alarm,) = await node.desk.read(queries.alarms)
            assert "no number" not in alarm.text
        await pass_time(pair, 130.0, step_s=65.0)
        (alarm,) = await pair.south.desk.read(queries.alarms)
        assert alarm.roles[-1] == "decision level"
        with pytest.raises(NotFittingError, match="nothing of its own"):
            await say(pair.north, CaveatAccepted, one, of_turn=2)
        await say(pair.south, CaveatAccepted, one, of_turn=2)
        assert [s.state for s in await stands(pair)] == ["accepted"]
        assert await alarms_of_both(pair) == [[], []]

    played(scene)


def test_what_nobody_acknowledged_stays_open_until_it_is_or_the_other_accepts():
    async def scene(pair):
        one = await raised(pair)
        relayed = {"of_turn": 1, "to": "them", "how": "a letter"}
        await say(pair.north, CaveatRelayed, one, **relayed)
        (now,) = await stands(pair)
        assert (now.state, now.is_open, now.dues) == ("unacknowledged", True, ())
        await say(pair.north, CaveatRelayed, one, **relayed, acknowledged="by letter")
        assert [(s.state, s.is_open) for s in await stands(pair)] == [("relayed", False)]
        with pytest.raises(NotFittingError, match="acknowledged already"):
            await say(pair.north, CaveatRelayed, one, **relayed)

    played(scene)


def test_a_relay_that_crossed_a_change_does_not_count_for_what_was_changed():
    async def scene(pair):
        one = await raised(pair, owed_by="south")
        await say(pair.north, CaveatChanged, one, who="an airline")
        await say(pair.south, CaveatRelayed, one, of_turn=1, to="them", how="x", acknowledged="y")
        (now,) = await stands(pair)
        assert (now.state, now.who) == ("owed", "an airline")
        assert "told anew" in now.idle[0].why

    played(scene)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"about": "ship/x"}, "nothing known"),
        ({"about": "activity/west/A1"}, "nothing known"),
        ({"about": "activity/north/"}, "nothing known"),
        ({"about": "area/ "}, "nothing known"),
        ({"who": " "}, "nobody"),
        ({"owed_by": "west"}, "no party owes"),
        ({"owed_role": " "}, "no role"),
        ({"declared": True, "about": "activity/south/A1"}, "another party's"),
    ],
)
def test_a_caveat_that_names_nobody_nothing_or_no_party_is_refused(different, words):
    async def scene(pair):
        with pytest.raises(WideberthError, match=words):
            await raised(pair, **different)

    played(scene)


def test_only_its_raiser_changes_it_and_only_who_owes_it_says_what_became_of_it():
    async def scene(pair):
        one = await raised(pair)
        for body, more in (
            (CaveatWithdrawn, {"reason": "x"}),
            (CaveatEnded, {}),
            (CaveatChanged, {"who": "x"}),
            (CaveatRelayed, {"of_turn": 1, "to": "x", "how": "x"}),
            (CaveatCannot, {"of_turn": 1, "reason": "x"}),
        ):
            with pytest.raises(NotFittingError, match="only north"):
                await say(pair.south, body, one, **more)
        later = {"of_turn": 1, "to": "x", "how": "x", "done_s": T0 + 1.0}
        with pytest.raises(NotFittingError, match="still to come"):
            await say(pair.north, CaveatRelayed, one, **later)

    played(scene)


def test_one_that_was_raised_about_the_others_activity_follows_its_time():
    async def scene(pair):
        await pair.south.declare(starting(900.0, party="south", name="B1"))
        await pair.settle()
        await raised(pair, about="activity/south/B1")
        (now,) = await stands(pair)
        assert (now.begins_s, now.dues[0].at_s) == (T0 + 900.0, T0 + 900.0)
        await pair.south.declare(starting(300.0, party="south", name="B1", revision=2))
        (now,) = await stands(pair)
        assert now.begins_s == T0 + 300.0
        await pair.south.change("B1", State.WITHDRAWN)
        assert [s.state for s in await stands(pair)] == ["not relayed"]

    played(scene)


EVENTS = st.lists(
    st.sampled_from(
        ("words", "no words", "shape", "private", "state", "suspend", "resume", "line", "relay")
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=40)
@given(EVENTS)
def test_what_a_peer_knows_of_third_parties_is_in_exactly_one_caveat_whatever_happens(events):
    """However declared, amended, suspended: what south holds of A1 is what south's caveat says."""

    async def scene(pair):
        revision, who, lon, disclose = 0, WHO, 33.0, Disclosure.FULL
        over = is_suspended = False
        for n, event in enumerate(events):
            match event:
                case "line":
                    await pair.settle()
                    continue
                case "suspend" | "resume":
                    if is_suspended != (event == "suspend"):
                        is_suspended = not is_suspended
                        await pair.north.do(Suspend("south", is_suspended, "admin", "x"))
                    continue
                case "state" if revision and not over:
                    await pair.north.change("A1", State.WITHDRAWN)
                    over = True
                    continue
                case "relay":
                    for one in await caveats(pair.north):
                        turn = caveat.stand(one, AGREEMENT).turn
                        with_words = {"of_turn": turn, "to": "x", "how": "x", "acknowledged": "y"}
                        if caveat.stand(one, AGREEMENT).state == "owed":
                            await say(pair.north, CaveatRelayed, one, **with_words)
                    continue
                case "private" if not revision:
                    disclose = Disclosure.PRIVATE
                case "words":
                    who = f"they {n}"
                case "no words":
                    who = ""
                case "shape":
                    lon, disclose = lon + 0.5, Disclosure.FULL
            if not over:
                revision += 1
                one = an_activity(revision=revision, disclose=disclose, volumes=(a_volume(lon),))
                await pair.north.declare(one, third_parties=who)
        found = await stands(pair)
        held = await pair.south.held("north", "A1")
        assert len(found) <= 1
        if held is None:
            assert found == []
            return
        if held.activity.state is State.WITHDRAWN:
            assert all(not one.is_open for one in found)
        elif held.third_parties:
            assert [one.who for one in found] == [held.third_parties]
            assert found[0].state in ("owed", "relayed")
        else:
            assert all(one.state == "withdrawn" for one in found)

    played(scene)


def test_a_disclosed_activity_whose_caveat_cannot_be_said_is_an_alarm_and_is_declared():
    async def scene(pair):
        await pair.north.declare(an_activity(), third_parties=WHO)
        (one,) = await caveats(pair.north)
        for n in range(matters.MOST_STEPS - 1):
            await say(pair.north, CaveatChanged, one, who=f"they {n}")
        changed = replace(an_activity(), revision=2)
        await pair.north.declare(changed, third_parties="somebody else")
        assert (await pair.north.held("north", "A1")).activity.revision == 2
        assert "council not told" in await pair.north.alarms()

    played(scene)
