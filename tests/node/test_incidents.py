"""Incidents between two nodes: reported, frozen, found and closed by both."""

import asyncio
from dataclasses import replace

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.council.incident import KIND, stand
from wideberth.council.incident_fold import folded
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError
from wideberth.model.activity import Disclosure
from wideberth.model.binding import ProhibitedAct
from wideberth.model.command import RecallNotice, Suspend
from wideberth.node import queries, tables
from wideberth.node.auditing import audit_own
from wideberth.node.council import freezing, matters
from wideberth.node.council.saying import Say
from wideberth.node.log_view import LogView
from wideberth.node.records import Way
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.incident import (
    Harm,
    IncidentClosed,
    IncidentFinding,
    IncidentForm,
    IncidentFrozen,
    IncidentReopened,
    IncidentReport,
    IncidentReported,
    IncidentReviewed,
)
from wideberth.peering.envelope import read_payload
from wideberth.peering.excerpt import compare

BASE = an_agreement()
CLAUSE = BASE.clauses[0].id
AGREEMENT = replace(BASE, prohibited=(ProhibitedAct("P1", "Crossing close ahead.", CLAUSE),))
HOUR = 3600.0
TEXT = "A flight of south crossed close ahead of A1."


def a_report(**different):
    named = {
        key: different.pop(key)
        for key in ("opener", "matter", "turn", "parties")
        if key in different
    }
    fields = {
        "text": TEXT, "happened_s": T0 - HOUR, "about": ("activity/north/A1",), "act": "P1",
        "harm": Harm.NO,
    }  # fmt: skip
    form = IncidentForm(**(fields | different))
    return IncidentReported(role="duty officer", title="Close crossing", form=form, **named)


def said(body, matter="IN-1", **fields):
    return body(opener="north", matter=matter, role="duty officer", **fields)


def their_report(**different):
    fields = {"text": "It was ours.", "happened_s": T0 - HOUR, "harm": Harm.NO, "act": "P1"}
    is_final = different.pop("final", False)
    return said(IncidentReport, form=IncidentForm(**(fields | different)), final=is_final)


def played(scene, agreement=AGREEMENT):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


async def say(pair, node, body):
    await node.do(Say(body, "u"))
    await pair.settle()


async def opened(pair, **different):
    await pair.north.declare(an_activity())
    await pair.north.declare(an_activity(name="OTHER"))
    await pair.settle()
    await say(pair, pair.north, a_report(**different))


async def incident(node):
    return await node.desk.read(lambda r: matters.matter(r, "incident", "north", "IN-1"))


async def stands(pair):
    found = [stand(await incident(node), AGREEMENT) for node in (pair.north, pair.south)]
    assert found[0] == found[1], "both sides come to the same"
    return found[0]


async def frozen(node):
    one = await incident(node)
    return await node.desk.read(lambda r: freezing.excerpts(r, one))


async def exported(node, number=0):
    (kept, newest) = (await frozen(node))[number], await LogView(node.desk).checkpoint()
    return await node.desk.read(lambda r: freezing.exported(r, kept, newest))


def test_an_incident_is_on_both_sides_with_the_clause_of_the_prohibited_act():
    async def scene(pair):
        await opened(pair)
        now = await stands(pair)
        assert now.state == "reported"
        assert now.preliminary["north"].clause == CLAUSE
        (due,) = [one for one in now.dues if one.what == "preliminary report"]
        assert (due.party, due.at_s) == ("south", T0 - HOUR + 24 * HOUR)
        assert "incident reported" in await pair.south.alarms()
        assert "incident reported" not in await pair.north.alarms()
        await say(pair, pair.south, their_report())
        assert (await stands(pair)).state == "under review"
        assert "incident reported" not in await pair.south.alarms()

    played(scene)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"act": "P9"}, "does not have"),
        ({"until_s": T0 - 2 * HOUR}, "ends before it begins"),
        ({"about": ("activity/north",)}, "nothing that can be found"),
        ({"about": ("somewhere",)}, "nothing that can be found"),
    ],
)
def test_a_form_that_says_what_cannot_be_is_refused(different, words):
    async def scene(pair):
        with pytest.raises(NotFittingError, match=words):
            await pair.north.do(Say(a_report(**different), "u"))

    played(scene)


def test_what_is_private_is_not_named_to_the_peer():
    async def scene(pair):
        await pair.north.declare(an_activity(disclose=Disclosure.PRIVATE))
        with pytest.raises(NotAllowedError, match="private"):
            await pair.north.do(Say(a_report(), "u"))
        assert await incident(pair.north) is None

    played(scene)


def test_a_preliminary_report_that_does_not_come_is_red_on_both_sides_by_its_clause():
    rules = replace(AGREEMENT.council.incident, clause=CLAUSE)
    agreement = replace(AGREEMENT, council=replace(AGREEMENT.council, incident=rules))

    async def scene(pair):
        await opened(pair)
        await pass_time(pair, 22.9 * HOUR, step_s=22.9 * HOUR)
        for node in (pair.north, pair.south):
            assert "preliminary report overdue" not in await node.alarms()
        await pass_time(pair, 0.2 * HOUR, step_s=0.2 * HOUR)
        for node in (pair.north, pair.south):
            found = await node.desk.read(queries.alarms)
            (text,) = [a.text for a in found if a.kind == "preliminary report overdue"]
            assert f"({CLAUSE})" in text
        await say(pair, pair.south, their_report())
        now = stand(await incident(pair.north), agreement)
        assert now.late == ("south",)
        for node in (pair.north, pair.south):
            kinds = await node.alarms()
            assert "preliminary report overdue" not in kinds
            assert "incident report late" in kinds

    played(scene, agreement)


def test_each_node_freezes_its_own_ledger_and_tells_the_other_the_digest():
    async def scene(pair):
        await opened(pair)
        now = await stands(pair)
        for node in (pair.north, pair.south):
            (kept,) = await frozen(node)
            (told,) = now.frozen[node.party]
            assert (told.digest, told.entries) == (kept.digest, len(kept.entries))
            assert len(kept.entries) >= 3  # the notice, its receipt, the read-back
        ours, theirs = [await exported(node) for node in (pair.north, pair.south)]
        found = compare(ours, theirs)
        assert not found.differ
        assert any(held.words.startswith("declare") for held in found.both)
        assert not any("OTHER" in str(held) for held in found.both)
        payloads = [read_payload(entry.data) for entry in ours.entries]
        assert any(b"A1" in payload for payload in payloads)
        assert not any(b"OTHER" in payload for payload in payloads)

    played(scene)


def test_a_report_that_names_more_freezes_more_and_one_that_does_not_freezes_nothing():
    async def scene(pair):
        await opened(pair)
        await say(pair, pair.south, their_report())
        assert [len(await frozen(node)) for node in (pair.north, pair.south)] == [1, 1]
        await say(pair, pair.south, their_report(about=("activity/north/OTHER",)))
        for node in (pair.north, pair.south):
            first, second = await frozen(node)
            assert len(second.entries) > len(first.entries)
        now = await stands(pair)
        assert [len(now.frozen[party]) for party in ("north", "south")] == [2, 2]

    played(scene)


def test_frozen_evidence_outlives_a_recall_and_is_still_shown_to_be_in_the_ledger():
    async def scene(pair):
        await opened(pair)
        before = await exported(pair.south)
        notice = next(n for n in await pair.north.notices() if n.activity == "A1")
        await pair.north.do(RecallNotice(notice.message, "p", "not for them"))
        await pair.settle()
        assert await pair.south.held("north", "A1") is None
        theirs = next(n for n in await pair.south.notices() if n.way is Way.IN)
        blank = await pair.south.store.read(lambda r: r.get(tables.ENTRY, tables.key(theirs.index)))
        assert blank == b""
        after = await exported(pair.south)
        assert after.digest == before.digest
        assert [e.raw for e in after.entries] == [e.raw for e in before.entries]
        bench = pair.south.desk.bench
        known = {bench.signer.kid: pair.south.signer.holder.pair("envelope", 1).public_key}
        audit = await pair.south.desk.read(
            lambda r: audit_own(r, bench.settings, known, lambda _a, _b: None)
        )
        assert audit.first_bad is None

    played(scene)


def test_a_suspended_exchange_stops_no_incident():
    async def scene(pair):
        await pair.south.do(Suspend("north", suspended=True, by="s", reason="talks"))
        await pair.settle()
        await say(pair, pair.north, a_report(about=()))
        assert (await stands(pair)).frozen.keys() == {"north", "south"}

    played(scene)


def test_what_the_two_sides_say_differently_stands_side_by_side():
    async def scene(pair):
        await opened(pair)
        theirs = their_report(harm=Harm.UNKNOWN, act="", happened_s=T0 - 2 * HOUR)
        await say(pair, pair.south, theirs)
        now = await stands(pair)
        assert {one.field for one in now.differences} == {"happened", "about", "act", "harm"}
        harm = next(one for one in now.differences if one.field == "harm")
        assert harm.said == {"north": "no", "south": "unknown"}

    played(scene)


async def reviewed(pair):
    await opened(pair)
    await say(pair, pair.south, their_report(final=True))
    await say(pair, pair.north, their_report(text=TEXT, final=True))
    await say(pair, pair.north, said(IncidentReviewed, meeting="meeting/north/M-1"))
    finding = said(IncidentFinding, text="Both climbed late.", actions=("action/north/A-1",))
    await say(pair, pair.north, finding)


def test_it_is_closed_when_both_have_closed_and_not_before():
    async def scene(pair):
        await reviewed(pair)
        turn = (await stands(pair)).findings["north"].turn
        with pytest.raises(NotFittingError, match="found nothing"):
            await pair.south.do(Say(said(IncidentClosed), "u"))
        await say(pair, pair.south, said(IncidentFinding, agrees=turn))
        now = await stands(pair)
        assert now.findings_agree
        assert now.findings["south"].agrees_with == "north"
        assert (now.meeting, now.actions) == ("meeting/north/M-1", ("action/north/A-1",))
        await say(pair, pair.north, said(IncidentClosed))
        assert (await stands(pair)).state == "closing"
        with pytest.raises(NotFittingError, match="closed it already"):
            await pair.north.do(Say(said(IncidentClosed), "u"))
        await say(pair, pair.south, said(IncidentClosed))
        now = await stands(pair)
        assert (now.state, now.is_open, now.dues) == ("closed", False, ())
        for node in (pair.north, pair.south):
            assert not [kind for kind in await node.alarms() if "incident" in kind]

    played(scene)


def test_findings_that_differ_stand_beside_each_other_and_do_not_keep_it_open():
    async def scene(pair):
        await reviewed(pair)
        await say(pair, pair.south, said(IncidentFinding, text="North climbed late."))
        now = await stands(pair)
        assert not now.findings_agree
        assert {f.text for f in now.findings.values()} == {
            "Both climbed late.",
            "North climbed late.",
        }
        for node in (pair.north, pair.south):
            await say(pair, node, said(IncidentClosed))
        assert (await stands(pair)).state == "closed"

    played(scene)


def test_what_is_said_after_one_side_has_closed_takes_its_close_back():
    async def scene(pair):
        await reviewed(pair)
        await say(pair, pair.south, said(IncidentFinding, text="x"))
        await say(pair, pair.north, said(IncidentClosed))
        await say(pair, pair.south, said(IncidentFinding, text="It was ours alone."))
        await say(pair, pair.south, said(IncidentClosed))
        now = await stands(pair)
        assert (now.state, now.closed) == ("closing", ("south",))

    played(scene)


def test_either_side_opens_it_again_with_a_reason():
    async def scene(pair):
        await reviewed(pair)
        await say(pair, pair.south, said(IncidentFinding, text="x"))
        for node in (pair.north, pair.south):
            await say(pair, node, said(IncidentClosed))
        with pytest.raises(NotFittingError, match="without a reason"):
            await pair.south.do(Say(said(IncidentReopened), "u"))
        with pytest.raises(NotFittingError, match="closed"):
            await pair.south.do(Say(said(IncidentFinding, text="late"), "u"))
        await say(pair, pair.south, said(IncidentReopened, words="a recording was found"))
        now = await stands(pair)
        assert (now.state, now.reopened, now.closed) == ("under review", 1, ())

    played(scene)


FORM = IncidentForm(text="a", happened_s=T0)


def after_steps(steps):
    """Return an incident after steps, each a party, a body and its fields."""
    first = a_report(opener="north", matter="IN-1", turn=1, parties=("north", "south"))
    matter = Matter(
        kind="incident", opener="north", id="IN-1", parties=("north", "south"), opened_s=T0,
        steps=(Step(party="north", said=first, known_s=T0),),
    )  # fmt: skip
    for turn, (party, fields) in enumerate(steps, start=2):
        more = dict(fields)
        body = more.pop("body")
        step = body(opener="north", matter="IN-1", turn=turn, at_s=T0, role="r", **more)
        matter = matter.with_step(Step(party=party, said=step, known_s=T0))
    return matter


@pytest.mark.parametrize("lacking", ["report", "finding"])
def test_a_close_that_crossed_and_lacks_the_final_report_or_the_finding_changes_nothing(lacking):
    bodies = {
        "report": {"body": IncidentReport, "form": FORM, "final": True},
        "finding": {"body": IncidentFinding, "text": "f"},
    }
    del bodies[lacking]
    said_ = [*bodies.values(), {"body": IncidentClosed}]
    matter = after_steps([(party, body) for body in said_ for party in ("north", "south")])
    now = folded(matter, AGREEMENT)
    assert now.state != "closed"
    assert len(now.idle) == 2


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("north", "south")),
        st.sampled_from(
            (
                {"body": IncidentReport, "form": FORM, "final": True},
                {"body": IncidentReport, "form": FORM},
                {"body": IncidentFinding, "text": "f"},
                {"body": IncidentFinding, "agrees": 3},
                {"body": IncidentClosed},
                {"body": IncidentReopened, "words": "w"},
            )
        ),
    ),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_no_order_of_steps_closes_it_without_both_reports_findings_and_closes(steps):
    matter = after_steps(steps)
    now = folded(matter, AGREEMENT)
    if now.state == "closed":
        assert now.findings.keys() == now.final.keys() == {"north", "south"}
        last = {}
        for step in matter.steps:
            idle = {(one.turn, one.party) for one in now.idle}
            if step.order not in idle:
                last[step.party, type(step.said)] = step.said.turn
        closes = [last[party, IncidentClosed] for party in ("north", "south")]
        others = [turn for (_p, body), turn in last.items() if body is not IncidentClosed]
        assert min(closes) > max(others)
    assert now.is_open == (now.state != "closed")
    assert KIND.stand(matter, AGREEMENT).dues == () or now.is_open


def test_a_frozen_step_comes_once_a_side_and_from_the_node():
    async def scene(pair):
        await opened(pair)
        one = await incident(pair.north)
        told = [(s.party, s.said.role) for s in one.steps if isinstance(s.said, IncidentFrozen)]
        assert sorted(told) == [("north", "node"), ("south", "node")]

    played(scene)
