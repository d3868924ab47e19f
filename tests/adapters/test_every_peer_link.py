"""What every PeerLink does, the simulated one of the chaos suite and the real one alike."""

import asyncio

import pytest
from peer_links import KINDS

from wideberth.node.ports import LinkError

LINES = (b'{"a":"one"}', b'{"a":"two"}', b'{"a":"' + bytes(range(0x20, 0x7F)) + b'"}')


@pytest.fixture(params=sorted(KINDS))
def exchanged(request, tmp_path):
    """Run a body with a line to a node that answers as told."""

    def run(body, receive):
        async def on_a_line():
            async with KINDS[request.param](tmp_path, receive) as pair:
                return await body(pair)

        return asyncio.run(on_a_line())

    return run


def taking(taken, answer=lambda lines: lines):
    async def receive(lines):
        taken.append(tuple(lines))
        return answer(lines)

    return receive


def test_the_bytes_arrive_as_they_were_sent_and_in_order(exchanged):
    taken = []
    answers = exchanged(lambda pair: pair.link.exchange("south", LINES), taking(taken))
    assert taken == [LINES]
    assert tuple(answers) == LINES


def test_bytes_that_are_no_text_arrive_as_they_were_sent(exchanged):
    line = bytes(byte for byte in range(256) if byte != 0x0A)
    taken = []
    answers = exchanged(lambda pair: pair.link.exchange("south", [line]), taking(taken))
    assert taken == [(line,)]
    assert tuple(answers) == (line,)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_answers_than_envelopes_are_given_as_they_are(exchanged, count):
    answer = lambda lines: lines[:count]  # noqa: E731
    answers = exchanged(lambda pair: pair.link.exchange("south", LINES), taking([], answer))
    assert tuple(answers) == LINES[:count]


def test_more_answers_than_envelopes_are_an_error(exchanged):
    answer = lambda lines: [*lines, b"more"]  # noqa: E731
    with pytest.raises(LinkError, match="bad answer"):
        exchanged(lambda pair: pair.link.exchange("south", LINES), taking([], answer))


def test_a_node_that_is_down_is_a_link_error_and_takes_nothing(exchanged):
    taken = []

    async def body(pair):
        await pair.take_down()
        with pytest.raises(LinkError):
            await pair.link.exchange("south", LINES)

    exchanged(body, taking(taken))
    assert taken == []


def test_a_node_that_fails_is_a_link_error(exchanged):
    async def receive(lines):
        raise RuntimeError("a bug")

    with pytest.raises(LinkError, match="HTTP 50"):
        exchanged(lambda pair: pair.link.exchange("south", LINES), receive)


def test_a_party_that_nobody_knows_is_a_link_error(exchanged):
    with pytest.raises(LinkError):
        exchanged(lambda pair: pair.link.exchange("nobody", LINES), taking([]))


def test_exchanges_at_the_same_time_do_not_mix(exchanged):
    async def slowly(lines):
        await asyncio.sleep(0.01 if lines[0] < b"3" else 0)
        return lines

    async def body(pair):
        asked = (pair.link.exchange("south", [b"%d" % number]) for number in range(4))
        return await asyncio.gather(*asked)

    answers = exchanged(body, slowly)
    assert [tuple(one) for one in answers] == [(b"%d" % number,) for number in range(4)]
