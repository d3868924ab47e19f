"""An agreement between two nodes: proposed, countered, signed key by key, in force."""

import dataclasses

import pytest
from agreement_scenes import (
    FIRST,
    of,
    propose,
    run,
    say,
    sign,
    signed_by_both,
    stand,
    text,
    version,
)
from two_nodes import a_volume, an_activity

from wideberth.council.refusals import NotFittingError
from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.binding import Signatory
from wideberth.node.council import matters
from wideberth.node.council.hearing import heard
from wideberth.node.council.saying import Say
from wideberth.node.draft import Draft
from wideberth.node.work import Work
from wideberth.node.working_agreement import working
from wideberth.peering.council.agreement import (
    AgreementCountered,
    AgreementProposed,
    AgreementRejected,
    AgreementSigned,
)


def test_what_both_sign_is_in_force_on_both_with_the_same_bytes_and_rules():
    async def story(pair):
        later = version()
        matter = await signed_by_both(pair, later)
        for node in (pair.north, pair.south):
            assert node.desk.agreement == later
            assert (await stand(node, matter)).state == "signed"
            kept = await node.desk.read(working)
            assert kept.text.encode() == canonical(later)
            assert "agreement differs" not in await node.alarms()
        pins = [
            (n.desk.bench.settings.agreement_digest, n.desk.bench.settings.rules_digest)
            for n in (pair.north, pair.south)
        ]
        assert pins[0] == pins[1]

    run(story)


def test_when_it_comes_into_force_all_that_is_held_is_judged_under_it_at_once():
    async def story(pair):
        near = a_volume(lon_deg=33.32)  # 10 km discs, 9.6 km apart: beyond 5 NM, within 20 km
        await pair.north.declare(an_activity("north", "A1"))
        await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
        await pair.settle()
        for node in (pair.north, pair.south):
            assert await node.conflicts() == []
        await signed_by_both(pair, version())
        for node in (pair.north, pair.south):
            (met,) = await node.conflicts()
            assert met is not None

    run(story)


def test_a_counter_takes_the_place_of_the_text_and_of_its_signatures():
    async def story(pair):
        matter = await propose(pair.north, version(2))
        await pair.settle()
        countered = version(2, title="As the south has it")
        await say(pair.south, matter, AgreementCountered, text=text(countered))
        await pair.settle()
        with pytest.raises(NotFittingError, match="another text is on the table"):
            await sign(pair.north, matter, version(2))
        await sign(pair.south, matter, countered)
        await sign(pair.north, matter, countered)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert node.desk.agreement == countered

    run(story)


def test_a_counter_and_a_signature_that_cross_come_to_the_same_on_both_sides():
    async def story(pair):
        matter = await propose(pair.south, version(2))
        await pair.settle()
        countered = version(2, title="As the north has it")
        await sign(pair.south, matter, version(2))
        await say(pair.north, matter, AgreementCountered, text=text(countered))
        await pair.settle()
        stands = [await stand(node, matter) for node in (pair.north, pair.south)]
        assert stands[0] == stands[1]
        assert stands[0].digest == digest(canonical(countered))
        assert stands[0].state == "proposed"
        for node in (pair.north, pair.south):
            assert node.desk.agreement == FIRST

    run(story)


def test_who_has_signed_cannot_counter_or_reject_any_more():
    async def story(pair):
        matter = await propose(pair.north, version())
        await pair.settle()
        await sign(pair.north, matter, version())
        for body, fields in (
            (AgreementCountered, {"text": text(version(title="Else"))}),
            (AgreementRejected, {"words": "No."}),
        ):
            with pytest.raises(NotFittingError, match="north has signed this text"):
                await say(pair.north, matter, body, **fields)
        await pair.settle()
        await say(pair.south, matter, AgreementRejected, words="Not now.")
        await pair.settle()
        assert (await stand(pair.north, matter)).state == "rejected"
        with pytest.raises(NotFittingError, match="rejected already"):
            await sign(pair.south, matter, version())

    run(story)


TWO_KEYS = version(signatories=(Signatory("north", "chief of staff", 2),))


def test_two_keys_are_turned_by_two_people_in_the_role_that_signs():
    async def story(pair):
        matter = await propose(pair.north, TWO_KEYS)
        await pair.settle()
        await sign(pair.south, matter, TWO_KEYS)
        with pytest.raises(NotFittingError, match="chief of staff signs for north"):
            await sign(pair.north, matter, TWO_KEYS)
        first = {"role": "chief of staff"}
        await sign(pair.north, matter, TWO_KEYS, "anna", **first)
        with pytest.raises(NotFittingError, match="this person has turned a key"):
            await sign(pair.north, matter, TWO_KEYS, "anna", **first)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert (await stand(node, matter)).state == "signing"
            assert node.desk.agreement == FIRST
        await sign(pair.north, matter, TWO_KEYS, "boris", **first)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert node.desk.agreement == TWO_KEYS
        with pytest.raises(NotFittingError, match="signed already"):
            await sign(pair.north, matter, TWO_KEYS, "carl", **first)

    run(story)


def test_a_peer_is_never_told_who_turned_a_key():
    async def story(pair):
        matter = await propose(pair.north, version(), by="anna-of-the-north")
        await sign(pair.north, matter, version(), by="anna-of-the-north")
        await pair.settle()
        found = await pair.south.desk.read(
            lambda r: matters.matter(r, "agreement", "north", matter.id)
        )
        assert "anna-of-the-north" not in repr(found)

    run(story)


def test_a_text_that_this_program_cannot_apply_is_shown_told_and_not_signed():
    newer = text(version()).replace('"form":1', '"form":2')

    async def story(pair):
        with pytest.raises(NotFittingError, match="reads form 1"):
            await propose_text(pair.north, newer)
        matter = await propose(pair.north, version())
        await pair.settle()
        await heard_at(pair.south, of(matter, AgreementCountered, turn=2, text=newer))
        assert "agreement not applicable" in await pair.south.alarms()
        now = await stand(pair.south, matter)
        with pytest.raises(NotFittingError, match="reads form 1"):
            await say(pair.south, matter, AgreementSigned, digest=now.digest)

    run(story)


async def propose_text(node, said):
    return await node.do(Say(AgreementProposed(role="secretary", text=said), "anna"))


async def heard_at(node, said):
    """Let a node hear what a peer with a newer program says."""

    def take(transaction):
        draft = Draft(transaction)
        work = Work(node.desk.bench, draft, node.clock.now_s())
        heard(work, said, "north", ("0" * 64, 7))
        draft.keep()

    await node.store.transact(take)


@pytest.mark.parametrize(
    ("agreement", "word"),
    [
        (version(id="another"), "another agreement"),
        (version(parties=("north", "south", "east")), "not between the parties"),
    ],
)
def test_a_text_of_another_agreement_is_not_put_on_the_table(agreement, word):
    async def story(pair):
        with pytest.raises(NotFittingError, match=word):
            await propose(pair.north, agreement)

    run(story)


def test_an_older_version_and_another_text_of_this_version_are_not_signed():
    async def story(pair):
        for agreement in (version(FIRST.version), dataclasses.replace(FIRST, title="Else")):
            matter = await propose(pair.north, agreement)
            with pytest.raises(NotFittingError, match="does not come after version"):
                await sign(pair.north, matter, agreement)
        same = await signed_by_both(pair, FIRST)
        for node in (pair.north, pair.south):
            assert (await stand(node, same)).state == "signed"
            assert (await node.desk.read(working)).matter == same.ref

    run(story)
