"""A line may be renewed, closed or given up in the middle of an exchange, and works again after."""

import asyncio

import pytest
from loopback_nodes import a_node

from wideberth.node.ports import LinkError


@pytest.fixture
def nodes(tmp_path):
    """North, and south, which answers a line only once it may."""
    north, south = a_node(tmp_path, "north"), a_node(tmp_path, "south")
    south.let_in(north)
    return north, south


def in_the_middle(nodes, break_off):
    """Begin an exchange, break it off, and say how it ended; then exchange once more."""
    north, south = nodes

    async def body():
        asked, go = asyncio.Event(), asyncio.Event()

        async def slowly(lines):
            asked.set()
            await go.wait()
            return lines

        south.receive = slowly
        link = north.link()
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            exchange = asyncio.create_task(link.exchange("south", [b"one"]))
            await asked.wait()
            await break_off(link, url, exchange)
            (ended,) = await asyncio.gather(exchange, return_exceptions=True)
            go.set()
            await link.set_peer("south", url, [south.certificate])
            again = await link.exchange("south", [b"two"])
            await link.close()
        return ended, again

    ended, again = asyncio.run(body())
    assert again == (b"two",)
    return ended


def test_a_peer_set_anew_breaks_off_with_a_link_error(nodes):
    async def renew(link, url, exchange):
        await link.set_peer("south", url, [nodes[1].certificate])

    assert isinstance(in_the_middle(nodes, renew), LinkError)


def test_a_peer_removed_breaks_off_with_a_link_error(nodes):
    async def remove(link, url, exchange):
        await link.remove_peer("south")
        with pytest.raises(LinkError, match="no line"):
            await link.exchange("south", [b"x"])

    assert isinstance(in_the_middle(nodes, remove), LinkError)


def test_lines_that_are_closed_break_off_with_a_link_error(nodes):
    async def close(link, url, exchange):
        await link.close()
        await link.close()

    assert isinstance(in_the_middle(nodes, close), LinkError)


def test_whoever_waits_may_stop_waiting(nodes):
    async def cancel(link, url, exchange):
        exchange.cancel()

    assert isinstance(in_the_middle(nodes, cancel), asyncio.CancelledError)


def test_a_server_that_came_back_is_reached_over_the_same_link(nodes):
    north, south = nodes

    async def body():
        link = north.link()
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            await link.exchange("south", [b"one"])
        with pytest.raises(LinkError, match="refused"):
            await link.exchange("south", [b"two"])
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            answers = await link.exchange("south", [b"three"])
        await link.close()
        return answers

    assert asyncio.run(body()) == (b"took three",)
