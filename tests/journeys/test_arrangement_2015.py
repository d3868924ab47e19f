"""The arrangement of 2015, in our words: what two sides said they would do, done by two nodes.

Two states whose forces were about to share a sky agreed that their deputy chiefs of staff lead a
working group; that it covers the air, the sea and the radio spectrum; and that it first meets in
two weeks. Where was settled only days later. What one side then fears is written down and answered
by a clock, what the other promises stands until it lapses, and what acts against a promise is in
red on both sides. Either ledger proves it to a third person.
"""

import asyncio
from dataclasses import replace
from pathlib import Path

from council_scenes import held, opened, said, stand, texts_of
from key_scenes import Holder
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.formats.agreement_json import canonical, digest
from wideberth.formats.agreement_toml import read
from wideberth.formats.reading import ReadOptions
from wideberth.model.council_rules import CouncilRules
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.node.auditing import best_checkpoint, prove
from wideberth.node.log_view import LogView
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.council.agreement import AgreementProposed, AgreementSigned
from wideberth.peering.council.assurance import AssuranceGiven
from wideberth.peering.council.concern import (
    Cited,
    ConcernAccepted,
    ConcernAnswered,
    ConcernRaised,
    Evidence,
)
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingCalled,
    MeetingKind,
    MeetingProposed,
    When,
)
from wideberth.peering.envelope import Kind, key_id, open_envelope
from wideberth.peering.evidence import Keys, parse_evidence, verify_evidence
from wideberth.peering.payloads import decode_body, decode_message
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import WireBand, WireScope

H, D = 3600.0, 86_400.0
DEPUTY = "deputy chief of staff"
FILE = Path(__file__).with_name("arrangement_2015.toml")
IN_TWO_WEEKS = When(start_s=T0 + 14 * D, end_s=T0 + 14 * D + 3 * H)
GPS = FrequencyBand(1_563.42e6, 1_587.42e6)
ABOUT_GPS = ConcernRaised(
    role=DEPUTY,
    title="Navigation fails over the coast",
    clause="E1",
    words="Aircraft on approach lost satellite navigation on three evenings.",
    evidence=(
        Cited(
            kind=Evidence.THIRD_PARTY,
            what="Three approaches without satellite navigation",
            vouched_by="air operations centre",
            source="an airline",
            reported_s=T0 - D,
        ),
    ),
)
NO_EMISSIONS = AssuranceGiven(
    role=DEPUTY,
    title="No emissions in the bands of satellite navigation near the coast",
    clause="E1",
    answers="concern/north/CN-1",
    scope=WireScope(
        start_s=T0 + 3 * D,
        end_s=T0 + 30 * D,
        arenas=(Arena.SPECTRUM,),
        area=WireCircle(centre=(33.0, 34.0), radius_m=60_000.0),
        band=WireBand(low_hz=GPS.low_hz, high_hz=GPS.high_hz),
    ),
)


def arrangement():
    return read(FILE.read_bytes(), FILE.name, ReadOptions()).agreement


def played(scene):
    async def whole():
        async with two_nodes(arrangement()) as pair:
            await scene(pair)
            assert pair.network.failures == []

    asyncio.run(whole())


def sketch():
    """Return what the two nodes were set up with: who the parties are, and no rule yet."""
    whole = arrangement()
    return replace(
        whole,
        version=1,
        separations=whole.separations[1:2],  # vessels alone
        council=CouncilRules(leads=whole.council.leads),
    )


async def both_ticked(pair, at_s):
    pair.clock.now = at_s
    for node in (pair.north, pair.south):
        await node.tick()
    await pair.settle()


def trial(start_s, **different):
    """Return a trial of an emitter in the band of satellite navigation, an hour long."""
    volume = a_volume(
        arena=Arena.SPECTRUM,
        height=HeightBand.of(0.0, 100.0),
        time=TimeWindow(start_s, start_s + H),
        freq=FrequencyBand(1_570e6, 1_580e6),
        role=Role.EMIT,
        eirp_dbm=40.0,
    )
    return an_activity("south", "TRIAL", kind="trial", volumes=(volume,), **different)


def test_the_arrangement_covers_air_sea_and_spectrum_and_the_deputies_lead():
    agreement = arrangement()
    assert {frozenset(one.arenas) for one in agreement.separations} >= {
        frozenset({Arena.AIR}),
        frozenset({Arena.SEA}),
        frozenset({Arena.SPECTRUM}),
        frozenset({Arena.AIR, Arena.SEA}),
    }
    assert {agreement.council.lead(party).role for party in agreement.parties} == {DEPUTY}


def test_both_deputies_sign_the_arrangement_and_from_then_on_both_nodes_judge_by_it():
    async def whole():
        async with two_nodes(sketch()) as pair:
            near = a_volume(33.1, 34.0)
            await pair.north.declare(an_activity("north", "A1"))
            await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
            text = canonical(arrangement())
            proposed = AgreementProposed(role="secretary", text=text.decode())
            one = await opened(pair, pair.north, proposed)
            signed = {"role": DEPUTY, "digest": digest(text)}
            await said(pair, pair.south, one, AgreementSigned, **signed)
            for node in (pair.north, pair.south):
                assert node.desk.agreement == sketch(), "one signature binds nobody"
                assert await node.conflicts() == []
            await said(pair, pair.north, one, AgreementSigned, **signed)
            for node in (pair.north, pair.south):
                assert node.desk.agreement == arrangement()
                assert (await stand(node, one)).state == "signed"
                (met,) = await node.conflicts()
                assert met.clause == "A1"

    asyncio.run(whole())


def test_the_first_meeting_is_in_two_weeks_and_its_place_is_settled_days_later():
    async def scene(pair):
        call = MeetingCalled(
            role=DEPUTY, title="First meeting", meeting_kind=MeetingKind.PLENARY, when=IN_TWO_WEEKS
        )
        meeting = await opened(pair, pair.north, call)
        accepted = {"answer": Coming.ACCEPTED, "role": DEPUTY}
        await both_ticked(pair, T0 + D)
        await said(pair, pair.south, meeting, MeetingAnswered, **accepted, when=IN_TWO_WEEKS)
        for node in (pair.north, pair.south):
            found = await stand(node, meeting)
            assert (found.state, found.when, found.place) == ("dated", IN_TWO_WEEKS, "")
        await both_ticked(pair, T0 + 5 * D)
        where = "the southern headquarters"
        await said(pair, pair.south, meeting, MeetingProposed, role=DEPUTY, place=where)
        await said(pair, pair.north, meeting, MeetingAnswered, **accepted, place=where)
        for node in (pair.north, pair.south):
            found = await stand(node, meeting)
            assert (found.state, found.place) == ("settled", where)
            assert found.when == IN_TWO_WEEKS

    played(scene)


async def concern_answered_by_an_assurance(pair):
    concern = await opened(pair, pair.north, ABOUT_GPS)
    await both_ticked(pair, T0 + 3 * D)
    assurance = await opened(pair, pair.south, NO_EMISSIONS)
    given = {"role": DEPUTY, "words": "We give our word.", "assurance": assurance.ref}
    await said(pair, pair.south, concern, ConcernAnswered, **given)
    await said(pair, pair.north, concern, ConcernAccepted, role=DEPUTY)
    return concern, assurance


def test_a_concern_is_answered_in_time_by_an_assurance_and_settled_on_both_sides():
    async def scene(pair):
        concern, assurance = await concern_answered_by_an_assurance(pair)
        for node in (pair.north, pair.south):
            assert not (await stand(node, concern)).is_open
            found = await stand(node, assurance)
            assert (found.state, found.answers) == ("given", concern.ref)
            assert await node.alarms() == []

    played(scene)


def test_a_concern_that_nobody_answers_in_a_week_is_in_red_on_both_sides_by_its_clause():
    async def scene(pair):
        await opened(pair, pair.north, ABOUT_GPS)
        await both_ticked(pair, T0 + 7 * D - 60.0)
        before = [kind for n in (pair.north, pair.south) for kind in await n.alarms()]
        assert not [kind for kind in before if "overdue" in kind]
        await both_ticked(pair, T0 + 7 * D + 60.0)
        for node in (pair.north, pair.south):
            (kind,) = [kind for kind in await node.alarms() if "overdue" in kind]
            (text,) = await texts_of(node, kind)
            assert "Q1" in text

    played(scene)


def test_what_acts_against_the_assurance_is_in_red_on_both_sides_and_what_does_not_is_not():
    async def scene(pair):
        await concern_answered_by_an_assurance(pair)
        answer = await pair.south.declare(trial(T0 + 20 * D))
        assert len(answer.broken) == 1  # the own side is told at once
        await pair.settle()
        for node in (pair.north, pair.south):
            (text,) = await texts_of(node, "assurance broken")
            assert "E1" in text
            assert "TRIAL" in text
        await pair.south.declare(trial(T0 + 31 * D, revision=2))  # when it has lapsed
        await pair.settle()
        for node in (pair.north, pair.south):
            assert await texts_of(node, "assurance broken") == []

    played(scene)


def test_the_assurance_lapses_by_itself_on_both_sides_though_the_line_is_cut():
    async def scene(pair):
        _concern, assurance = await concern_answered_by_an_assurance(pair)
        pair.network.partition(["north"], ["south"])
        await both_ticked(pair, T0 + 30 * D + 1.0)
        await pair.south.declare(trial(T0 + 31 * D))
        assert await texts_of(pair.south, "assurance broken") == []
        pair.network.heal()
        await both_ticked(pair, T0 + 30 * D + 60.0)
        for node in (pair.north, pair.south):
            assert (await stand(node, assurance)).state == "lapsed"
            assert await texts_of(node, "assurance broken") == []

    played(scene)


async def shown_by(node, index):
    """Return the message that a node's ledger shows to a third person; None: it shows nothing."""
    covering = await node.store.read(lambda r: best_checkpoint(r, index))
    if covering is None:
        covering = await LogView(node.desk).checkpoint()
    raw = await node.store.read(lambda r: prove(r, index, covering))
    public = {
        key_id(pair.public_key): pair.public_key
        for pair in (Holder(party).pair("envelope", 1) for party in ("north", "south"))
    }
    log = log_key_of(node.desk.bench.settings.origin(node.party), node.signer.log_key)
    verdict = verify_evidence(raw, Keys(log=log, witnesses=(), signers=public))
    if not verdict.is_shown:
        return None
    opened_one = open_envelope(parse_evidence(raw).entry, keys=public, kind=Kind.MESSAGE)
    return decode_body(decode_message(opened_one.payload))


def test_either_ledger_shows_a_third_person_the_assurance_that_was_given():
    async def scene(pair):
        _concern, assurance = await concern_answered_by_an_assurance(pair)
        ours = (await held(pair.south, assurance)).steps[0].deliveries[0].index
        theirs = (await held(pair.north, assurance)).steps[0].index
        for node, index in ((pair.south, ours), (pair.north, theirs)):
            shown = await shown_by(node, index)
            assert (shown.scope, shown.at_s) == (NO_EMISSIONS.scope, T0 + 3 * D)

    played(scene)
