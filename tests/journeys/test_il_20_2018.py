"""Il-20, 17 September 2018, 15 dead: less than a minute of notice, and a dispute about the time.

One side says that it was told less than a minute before, without area or aircraft; the other says
that it was told much earlier. They dispute the very time to this day. The shooter was outside the
agreement.

Here a declaration that lacks something is refused before it is sent, with all that it lacks (R3).
Time given is set against time owed, with the same figures on both sides, and too late to act on is
said as such (R1). One signed envelope is in both logs, with both clocks, and the file made from
either log settles a dispute about the time before a third person (R2); so does what each side
froze when the incident was reported, whatever was deleted since (R17). Who else is concerned
travels with the notice, and telling them is owed before the strike begins, in red on both sides
until it is done (R12). Air that is kept for slow or landing aircraft is kept whatever notice was
given (R12).
"""

import asyncio
import base64
from dataclasses import replace

import pytest
from behind import pass_time
from key_scenes import Holder
from two_nodes import T0, HandClock, a_volume, an_activity, an_agreement, two_nodes

from wideberth.council.incident import stand
from wideberth.model.activity import State
from wideberth.model.binding import ProtectedVolume
from wideberth.model.command import RecallNotice
from wideberth.model.footprint import Circle, Everywhere
from wideberth.model.span import TimeWindow
from wideberth.node import tables
from wideberth.node.auditing import best_checkpoint, prove
from wideberth.node.council import freezing, matters
from wideberth.node.council.saying import Say
from wideberth.node.log_view import LogView
from wideberth.node.refusals import IncompleteError
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.council.caveat import CaveatRelayed
from wideberth.peering.council.incident import (
    Harm,
    IncidentForm,
    IncidentReport,
    IncidentReported,
)
from wideberth.peering.envelope import Kind, key_id, open_envelope, peek
from wideberth.peering.evidence import Keys, parse_evidence, verify_evidence
from wideberth.peering.excerpt import compare, read_excerpt, verify_excerpt, write_excerpt
from wideberth.peering.payloads import decode_message

NOTICE_S = 50.0


def strike(given_s=NOTICE_S, **different):
    time = TimeWindow(T0 + given_s, T0 + given_s + 1800.0)
    return an_activity(kind="strike", volumes=(a_volume(time=time),), **different)


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await scene(pair)

    asyncio.run(whole())


async def both(pair):
    await pair.settle()
    return (await pair.north.notices())[-1], (await pair.south.notices())[-1]


def test_a_notice_without_area_kind_and_contact_is_refused_with_all_that_it_lacks():
    async def scene(pair):
        nowhere = an_activity(kind="", volumes=(a_volume(footprint=Everywhere()),))
        with pytest.raises(IncompleteError) as refused:
            await pair.north.declare(nowhere, contact=" ")
        where = {problem[0] for problem in refused.value.problems}
        assert {"volume 0", "kind", "contact"} <= where
        await pair.settle()
        assert await pair.north.notices() == await pair.south.notices() == []

    played(scene)


def test_less_than_a_minute_is_late_and_too_late_to_act_by_the_same_figures_on_both_sides():
    async def scene(pair):
        answer = await pair.north.declare(strike())
        assert any("propose a delay" in line for line in answer.advice)
        sent, taken = await both(pair)
        assert sent.lead == taken.lead
        lead = taken.lead
        assert (lead.given_s, lead.owed_s) == (NOTICE_S, 3600.0)
        assert lead.late
        assert lead.too_late
        assert lead.measured
        assert "too late to act" in await pair.south.alarms()

    played(scene)


def test_what_the_line_cost_counts_as_time_not_given_on_both_sides():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await pair.north.declare(strike(given_s=4000.0))
        sent = (await pair.north.notices())[-1]
        assert not sent.lead.late
        assert not sent.lead.measured
        await pass_time(pair, 1000.0, step_s=100.0)
        pair.network.heal()
        sent, taken = [
            next(one for one in await node.notices() if one.activity == "A1")
            for node in (pair.north, pair.south)
            if await pair.settle() is None
        ]
        assert sent.lead == taken.lead
        assert (sent.lead.given_s, sent.lead.late) == (3000.0, True)

    played(scene)


def test_a_delay_ends_the_red_and_a_bare_change_of_state_does_not():
    async def scene(pair):
        await pair.north.declare(strike())
        await pair.settle()
        await pair.north.change("A1", State.ACTIVATED)
        await pair.settle()
        assert "too late to act" in await pair.south.alarms()
        await pair.north.declare(strike(given_s=7200.0, revision=3))
        await pair.settle()
        assert "too late to act" not in await pair.south.alarms()

    played(scene)


def test_both_logs_hold_the_same_envelope_with_both_clocks_and_unlike_clocks_are_said():
    async def scene(pair):
        pair.south.desk.clock = HandClock(T0 + 5.0)
        await pair.north.declare(strike())
        sent, taken = await both(pair)
        entries = [
            await node.store.read(lambda r, at=one.index: r.get(tables.ENTRY, tables.key(at)))
            for node, one in ((pair.north, sent), (pair.south, taken))
        ]
        assert entries[0] == entries[1]
        assert sent.message == taken.message
        assert (sent.sent_s, sent.delivered_s, sent.skew_s) == (T0, T0 + 5.0, 5.0)
        assert (taken.sent_s, taken.delivered_s, taken.skew_s) == (T0, T0 + 5.0, 5.0)
        assert sent.lead.given_s == taken.lead.given_s == NOTICE_S - 5.0
        for node in (pair.north, pair.south):
            assert "clock skew" in await node.alarms()

    played(scene)


async def evidence_of(node, index):
    """Return the file that shows an entry of a node's log under a checkpoint."""
    covering = await node.store.read(lambda r: best_checkpoint(r, index))
    if covering is None:
        covering = await LogView(node.desk).checkpoint()
    return await node.store.read(lambda r: prove(r, index, covering))


def said_time(raw, node, public):
    """Return when the message in an evidence file was sent, once the file is shown to hold."""
    settings = node.desk.bench.settings
    log = log_key_of(settings.origin(node.party), node.signer.log_key)
    verdict = verify_evidence(raw, Keys(log=log, witnesses=(), signers=public))
    if not verdict.is_shown:
        return None
    opened = open_envelope(parse_evidence(raw).entry, keys=public, kind=Kind.MESSAGE)
    return decode_message(opened.payload).head.sent_s


def test_a_dispute_about_the_time_is_settled_by_either_sides_ledger():
    async def scene(pair):
        await pair.north.declare(strike())
        sent, taken = await both(pair)
        await pass_time(pair, 200.0, step_s=20.0)
        north = Holder("north").pair("envelope", 1).public_key
        public = {key_id(north): north}
        ours = await evidence_of(pair.north, sent.index)
        theirs = await evidence_of(pair.south, taken.index)
        assert said_time(ours, pair.north, public) == T0
        assert said_time(theirs, pair.south, public) == T0

    played(scene)


def test_the_frozen_evidence_of_an_incident_settles_the_dispute_even_after_a_recall():
    async def scene(pair):
        await pair.north.declare(strike())
        sent, taken = await both(pair)
        await pass_time(pair, 200.0, step_s=20.0)
        form = {"text": "We were told long before.", "happened_s": T0 + NOTICE_S}
        form = IncidentForm(about=("activity/north/A1",), harm=Harm.YES, **form)
        reported = IncidentReported(role="duty officer", title="Loss", form=form)
        await pair.north.do(Say(reported, "p"))
        await pair.settle()
        other = IncidentForm(text="We were told a minute before.", happened_s=T0 + NOTICE_S)
        theirs = {"opener": "north", "matter": "IN-1", "role": "duty officer"}
        await pair.south.do(Say(IncidentReport(form=other, **theirs), "p"))
        await pair.settle()
        await pair.north.do(RecallNotice(sent.message, "p", "an error"))
        await pair.settle()
        files = [await frozen_file(node) for node in (pair.north, pair.south)]
        found = compare(*(read_excerpt(file) for file in files))
        assert not found.differ
        assert sent.message == taken.message
        assert sent.message in {held.digest for held in found.both}
        for node, file in zip((pair.north, pair.south), files, strict=True):
            assert times_shown(file, node, sent.message) == [T0]

    played(scene)


async def frozen_file(node):
    """Return a node's frozen evidence, as it is handed to a third person."""
    one = await node.desk.read(lambda r: matters.matter(r, "incident", "north", "IN-1"))
    (kept,) = await node.desk.read(lambda r: freezing.excerpts(r, one))
    newest = await LogView(node.desk).checkpoint()
    found = await node.desk.read(lambda r: freezing.exported(r, kept, newest))
    assert found.digest == stand(one, node.desk.agreement).frozen[node.party][0].digest
    return write_excerpt(found)


def times_shown(file, node, message):
    """Return when a message was sent, as a third person reads it from a verified file."""
    origin = node.desk.bench.settings.origin(node.party)
    public = [Holder(party).pair("envelope", 1).public_key for party in ("north", "south")]
    keys = Keys(
        log=log_key_of(origin, node.signer.log_key), signers={key_id(one): one for one in public}
    )
    excerpt = read_excerpt(file)
    assert verify_excerpt(excerpt, keys).is_shown
    opened = [
        open_envelope(entry.data, keys=keys.signers, kind=Kind.MESSAGE)
        for entry in excerpt.entries
        if peek(entry.data).kind is Kind.MESSAGE
    ]
    found = [one for one in opened if one.digest == message]
    return [decode_message(one.payload).head.sent_s for one in found]


def test_nobody_can_show_another_time_than_the_one_that_was_signed():
    async def scene(pair):
        await pair.north.declare(strike())
        sent, taken = await both(pair)
        later = await pair.north.declare(strike(given_s=NOTICE_S + 1.0, name="A2"))
        await pair.settle()
        north = Holder("north").pair("envelope", 1).public_key
        public = {key_id(north): north}
        file = await evidence_of(pair.south, taken.index)
        other = await pair.north.store.read(
            lambda r: r.get(tables.ENTRY, tables.key(later.notices[0].index))
        )
        entry = parse_evidence(file).entry
        forged = file.replace(base64.b64encode(entry), base64.b64encode(other))
        assert forged != file
        assert said_time(forged, pair.south, public) is None
        assert said_time(file, pair.north, public) is None  # it is no entry of that other log
        assert sent.message == taken.message

    played(scene)


def test_who_else_is_concerned_and_no_party_travels_with_the_notice():
    async def scene(pair):
        await pair.north.declare(strike(), third_parties="the air defence of a third state")
        await pair.settle()
        assert (await pair.south.held("north", "A1")).third_parties.startswith("the air defence")

    played(scene)


def test_the_shooter_outside_the_agreement_is_to_be_told_before_it_begins_or_both_are_in_red():
    async def scene(pair):
        await pair.north.declare(strike(), third_parties="the air defence of a third state")
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "relay overdue" not in await node.alarms()
        await pass_time(pair, NOTICE_S + 1.0, step_s=NOTICE_S + 1.0)
        for node in (pair.north, pair.south):
            assert "relay overdue" in await node.alarms()
        told = CaveatRelayed(
            opener="north",
            matter="CV-1",
            role="duty officer",
            of_turn=1,
            to="its duty officer",
            how="telephone",
            acknowledged="read back",
        )
        await pair.north.do(Say(told, "p"))
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "relay overdue" not in await node.alarms()

    played(scene)


def test_air_kept_for_a_slow_aircraft_on_its_way_to_land_is_a_conflict_on_both_sides():
    base = an_agreement()
    approach = ProtectedVolume(
        "approach",
        "The approach",
        base.clauses[0].id,
        Circle((33.0, 34.0), 20_000.0),
        TimeWindow(T0, T0 + 90_000.0),
        kinds=("landing",),
    )

    async def whole():
        async with two_nodes(replace(base, protected=(approach,))) as pair:
            answer = await pair.north.declare(strike(given_s=86_400.0))
            assert not answer.notices[0].lead.late  # no lead lets anybody in
            await pair.settle()
            for node in (pair.north, pair.south):
                (met,) = await node.conflicts()
                assert "approach" in (met.a.activity, met.b.activity)
                assert "whatever notice was given" in met.why

    asyncio.run(whole())
