"""Ids that look like another name held here: the notice is taken, and both are told apart."""

import asyncio

import pytest
from two_nodes import an_activity, two_nodes

from wideberth.model.activity import Disclosure, State
from wideberth.node import naming, queries, tables


async def texts(node, *, lasting=True):
    found = await node.desk.read(lambda r: queries.alarms(r, lasting=lasting))
    return [alarm.text for alarm in found if alarm.kind == naming.ALIKE]


def after(*declared, look):
    """Return what is seen at south once north has declared."""

    async def run():
        async with two_nodes() as pair:
            for activity in declared:
                await pair.north.declare(activity)
            await pair.settle()
            return await look(pair)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("n\u043erth", "n[U+043E]rth and north: look-alike letters"),
        ("frig\u0430te", "frig[U+0430]te and frigate: look-alike letters"),
        ("duty\u200b officer", "the same but for characters that are not seen"),
    ],
)
def test_an_id_like_a_party_a_unit_or_a_role_is_taken_and_alarmed(name, words):
    async def look(pair):
        assert await pair.south.held("north", name) is not None
        (text,) = await texts(pair.south)
        assert words in text
        assert pair.south.heard.alerts
        assert await pair.south.peer("north") is not None
        notices = await pair.south.notices()
        assert [n.accepted for n in notices] == [True]

    after(an_activity(name=name), look=look)


def test_two_unicode_forms_of_one_id_are_told_when_the_second_comes():
    async def look(pair):
        (text,) = await texts(pair.south)
        assert "caf[U+00E9]" in text
        assert "cafe[U+0301]" in text
        assert "another Unicode form" in text

    after(an_activity(name="caf\u00e9"), an_activity(name="cafe\u0301"), look=look)


def test_the_peer_does_not_learn_that_its_id_looks_like_one_of_ours():
    async def look(pair):
        private = an_activity("south", "\u0441oco", disclose=Disclosure.PRIVATE)
        await pair.south.declare(private)
        before = (await pair.north.peer("south")).in_sequence
        await pair.north.declare(an_activity(name="coco"))
        await pair.settle()
        texts_south = await texts(pair.south)
        assert any("coco and" not in t and "an undisclosed name" in t for t in texts_south)
        assert not any("[U+0441]" in t for t in texts_south)
        assert not await texts(pair.north)
        assert (await pair.north.peer("south")).in_sequence >= before

    after(look=look)


def test_the_alarm_ends_with_the_activity_and_a_revision_does_not_raise_it_again():
    async def look(pair):
        assert len(await texts(pair.south)) == 1
        await pair.north.change("n\u043erth", State.ACTIVATED)
        await pair.settle()
        assert len(await texts(pair.south, lasting=False)) == 1
        await pair.north.change("n\u043erth", State.ENDED)
        await pair.settle()
        assert not await texts(pair.south)

    after(an_activity(name="n\u043erth"), look=look)


def test_honest_names_raise_nothing():
    async def look(pair):
        assert not await texts(pair.south)
        assert not await texts(pair.north)

    after(*(an_activity(name=f"N-{k}") for k in range(3)), an_activity(name="אבג"), look=look)


def test_what_an_older_version_held_is_compared_with_too():
    async def look(pair):
        def forget(tx):
            for key, _ in list(tx.scan(tables.SEEN_AS)):
                tx.delete(tables.SEEN_AS, key)
            tx.delete(tables.META, "seen as")

        await pair.south.store.transact(forget)
        await pair.north.declare(an_activity(name="c\u043eco"))
        await pair.settle()
        assert any("c[U+043E]co and coco" in text for text in await texts(pair.south))

    after(an_activity(name="coco"), look=look)
