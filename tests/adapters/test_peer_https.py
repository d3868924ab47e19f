"""Two nodes over real TLS: whoever is not pinned gets nowhere, and every failure has its name."""

import asyncio

import pytest
from counted_chance import CountedChance
from loopback_nodes import PATIENCE, a_node

from wideberth.adapters.peer_https import Patience
from wideberth.adapters.tls import show, trust
from wideberth.node.ports import LinkError
from wideberth.peering.keys import open_card
from wideberth.peering.lines import MAX_EXCHANGE_BYTES, MAX_LINES


@pytest.fixture
def north(tmp_path):
    return a_node(tmp_path, "north")


@pytest.fixture
def south(tmp_path):
    return a_node(tmp_path, "south")


@pytest.fixture
def stranger(tmp_path):
    return a_node(tmp_path, "stranger")


async def ask(link, url, node, lines=(b"one",)):
    """Set the peer up and exchange once; give the answers, or the reason why not."""
    await link.set_peer("south", url, [node.certificate])
    try:
        return list(await link.exchange("south", lines))
    except LinkError as error:
        return error.reason
    finally:
        await link.close()


def asked(north, south, *, app=None, lines=(b"one",), patience=PATIENCE):
    async def body():
        south.let_in(north)
        async with south.up(north, app=app) as url:
            return await ask(north.link(patience), url, south, lines)

    return asyncio.run(body())


def answering(status=200, headers=(), chunks=(b"",), pause_s=0.0):
    """An application that answers whatever it is asked."""

    async def app(scope, receive, send):
        kind = [(b"content-type", b"application/x-ndjson")]
        given = {name for name, _ in headers}
        kind = [pair for pair in kind if pair[0] not in given]
        await send({"type": "http.response.start", "status": status, "headers": [*kind, *headers]})
        for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(pause_s)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return app


def test_two_nodes_exchange_in_order(north, south):
    assert asked(north, south, lines=(b"one", b"two")) == [b"took one", b"took two"]


def test_one_connection_serves_many_exchanges(north, south):
    peers = set()

    async def body():
        async def receive(lines):
            return lines

        south.receive = receive
        south.let_in(north)
        link = north.link()
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            for number in range(5):
                assert await link.exchange("south", [b"%d" % number]) == (b"%d" % number,)
                pool = link._clients["south"]._transport._pool
                peers.add(tuple(id(one) for one in pool.connections))
            await link.close()

    asyncio.run(body())
    assert len(peers) == 1


def test_a_server_with_another_certificate_gets_nothing(north, south, stranger):
    taken = []

    async def receive(lines):
        taken.extend(lines)
        return lines

    async def body():
        stranger.receive = receive
        stranger.let_in(north)
        async with stranger.up(north) as url:
            return await ask(north.link(), url, south)

    assert asyncio.run(body()).startswith("TLS pin mismatch")
    assert taken == []


def test_a_client_whose_certificate_was_never_trusted_is_refused_by_tls(north, south, stranger):
    async def body():
        south.let_in(north, stranger)
        async with south.up(north) as url:
            return await ask(stranger.link(), url, south)

    assert asyncio.run(body()).startswith("TLS refused")


def test_a_certificate_taken_back_counts_no_more_on_an_open_connection(north, south):
    async def body():
        south.let_in(north)
        link = north.link()
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            assert await link.exchange("south", [b"one"]) == (b"took one",)
            south.allowed.clear()
            with pytest.raises(LinkError, match="HTTP 403"):
                await link.exchange("south", [b"two"])
            south.let_in(north)
            assert await link.exchange("south", [b"three"]) == (b"took three",)
            await link.close()

    asyncio.run(body())


def test_a_peer_is_added_while_the_server_runs(north, south, stranger):
    async def body():
        context = south.server_context([stranger.certificate])
        south.server_context = lambda trusted: context
        south.let_in(north)
        async with south.up() as url:
            before = await ask(north.link(), url, south)
            trust(context, [north.certificate])
            return before, await ask(north.link(), url, south)

    before, after = asyncio.run(body())
    assert before.startswith("TLS refused")
    assert after == [b"took one"]


def test_new_certificates_replace_old_ones_while_both_nodes_run(north, south):
    async def body():
        context = south.server_context([north.certificate])
        south.server_context = lambda trusted: context
        south.let_in(north)
        link = north.link()
        async with south.up() as url:
            await link.set_peer("south", url, [south.certificate])
            statement = south.keys.rotate(CountedChance("new"))
            south.keys.use_new_certificate()
            own = south.keys.tls
            show(context, own.certificate, own.key, own.passphrase)
            await link.set_peer("south", url, statement.said.tls[1:])
            with pytest.raises(LinkError, match="pin mismatch"):
                await link.exchange("south", [b"one"])
            await link.set_peer("south", url, statement.said.tls)
            assert await link.exchange("south", [b"one"]) == (b"took one",)
            await link.close()

    asyncio.run(body())


def test_the_card_of_a_peer_is_given_over_the_line(north, south):
    async def body():
        south.let_in(north)
        link = north.link()
        async with south.up(north) as url:
            await link.set_peer("south", url, [south.certificate])
            card = await link.card("south")
            await link.close()
            return card

    assert open_card(asyncio.run(body())).party == "south"


def test_nothing_listening_is_called_refused(north, south):
    async def body():
        south.let_in(north)
        async with south.up(north) as url:
            pass
        return await ask(north.link(), url, south)

    assert asyncio.run(body()).startswith("refused")


@pytest.mark.parametrize(
    "url", ["https://node.invalid:1", "https://127.0.0.1:99999", "https://a..b", "https://."]
)
def test_an_address_that_leads_nowhere_is_called_unreachable(north, south, url):
    assert asyncio.run(ask(north.link(), url, south)) == "unreachable"


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 400, 403, 404, 429, 500, 503])
def test_any_status_but_200_is_named_and_no_redirect_followed(north, south, status):
    app = answering(status, [(b"location", b"https://127.0.0.1:1/")])
    assert asked(north, south, app=app) == f"HTTP {status}"


@pytest.mark.parametrize(
    ("app", "reason"),
    [
        (answering(chunks=[b"no line feed"]), "cut short"),
        (answering(chunks=[b"one\n", b"two\n"]), "more lines than were sent"),
        (answering(chunks=[b"\n"]), "empty"),
        (answering(chunks=[b"x" * (MAX_EXCHANGE_BYTES + 1)]), "too long"),
        (answering(chunks=[b"x" * 2_000_000 + b"\n"]), "longer"),
        (answering(headers=[(b"content-encoding", b"gzip")], chunks=[b"one\n"]), "compressed"),
        (answering(headers=[(b"content-type", b"text/html")], chunks=[b"one\n"]), "content type"),
        (answering(headers=[(b"content-length", b"99")], chunks=[b"one\n"]), "bad answer"),
    ],
)
def test_an_answer_out_of_bounds_is_a_bad_answer(north, south, app, reason):
    answer = asked(north, south, app=app)
    assert answer.startswith("bad answer")
    assert reason in answer


def test_fewer_answers_are_given_as_they_are(north, south):
    async def receive(lines):
        return [b"took " + lines[0]]

    south.receive = receive
    assert asked(north, south, lines=(b"one", b"two")) == [b"took one"]


def test_a_peer_that_does_not_answer_is_given_up(north, south):
    async def never(lines):
        await asyncio.Event().wait()

    south.receive = never
    assert asked(north, south, patience=Patience(5.0, 0.2, 5.0)) == "time-out"


def test_a_peer_that_trickles_is_given_up(north, south):
    app = answering(chunks=[b"x"] * 100, pause_s=0.1)
    assert asked(north, south, app=app, patience=Patience(5.0, 5.0, 0.5)) == "time-out"


def test_no_cookie_is_kept(north, south):
    seen = []

    async def app(scope, receive, send):
        seen.extend(name for name, _ in scope["headers"])
        await answering(headers=[(b"set-cookie", b"a=b")], chunks=[b"one\n"])(scope, receive, send)

    async def body():
        link = north.link()
        async with south.up(north, app=app) as url:
            await link.set_peer("south", url, [south.certificate])
            await link.exchange("south", [b"one"])
            await link.exchange("south", [b"one"])
            await link.close()

    asyncio.run(body())
    assert seen.count(b"host") == 2
    assert b"cookie" not in seen


def test_more_than_one_request_may_carry_is_cut_to_what_fits(north, south):
    lines = tuple(b"%d" % number for number in range(MAX_LINES + 10))
    assert len(asked(north, south, lines=lines)) == MAX_LINES
    heavy = tuple(b"x" * 1_000_000 for _ in range(20))
    assert len(asked(north, south, lines=heavy)) == 16


def test_a_peer_that_is_not_set_up_is_a_link_error(north):
    with pytest.raises(LinkError, match="no line"):
        asyncio.run(north.link().exchange("nobody", [b"one"]))
