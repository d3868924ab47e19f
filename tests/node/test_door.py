"""Lines that come together: each gets its answer, in order, up to the first that is refused."""

import asyncio

from two_nodes import an_activity, two_nodes

from wideberth.node.door import is_refusal, receive_all
from wideberth.node.outbox import waiting


async def told(pair, count):
    """Let north declare so many, and return what waits for south."""
    for number in range(count):
        await pair.north.declare(an_activity(name=f"A{number}"))
    return await pair.north.desk.read(lambda reader: waiting(reader, "south"))


def test_lines_that_come_together_are_each_receipted_once_and_again_the_same():
    async def journey():
        async with two_nodes() as pair:
            envelopes = await told(pair, 5)
            first = await receive_all(pair.south.desk, envelopes, via="test")
            again = await receive_all(pair.south.desk, envelopes, via="test")
            return envelopes, first, again, (await pair.south.peer("north")).in_sequence

    envelopes, first, again, taken = asyncio.run(journey())
    assert not any(is_refusal(answer) for answer in first)
    assert first == again
    assert taken == len(envelopes) == len(first)


def test_what_follows_a_refused_line_gets_no_answer_and_counts_once_when_it_comes_again():
    async def journey():
        async with two_nodes() as pair:
            envelopes = await told(pair, 4)
            spoilt = [*envelopes[:2], b"{}", *envelopes[2:]]
            missing = [envelopes[0], *envelopes[2:]]
            short = await receive_all(pair.south.desk, missing, via="test")
            after_gap = (await pair.south.peer("north")).in_sequence
            bad = await receive_all(pair.south.desk, spoilt, via="test")
            whole = await receive_all(pair.south.desk, envelopes, via="test")
            alarms = await pair.south.alarms()
            return short, after_gap, bad, whole, alarms

    short, after_gap, bad, whole, alarms = asyncio.run(journey())
    assert [is_refusal(answer) for answer in short] == [False, True]
    assert after_gap == 1
    assert [is_refusal(answer) for answer in bad] == [False, False, True]
    assert [is_refusal(answer) for answer in whole] == [False] * len(whole)
    assert bad[:2] == whole[:2]
    assert "two histories" not in alarms
