"""The port for peers: only they get in, only lines within bounds, and nothing fells it."""

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback_nodes import a_node
from starlette.testclient import TestClient

from wideberth.errors import WideberthError
from wideberth.peering.keys import open_card
from wideberth.peering.lines import CONTENT_TYPE, MAX_EXCHANGE_BYTES, MAX_LINES
from wideberth.peering.problem import Problem, decode_problem, encode_problem
from wideberth.web.peer_api import MAX_AT_ONCE, peer_app
from wideberth.web.tls_protocol import EXTENSION

PATH = "/peer/v1/messages"
HEADERS = {"content-type": CONTENT_TYPE}
PINS = {"aa" * 32: "north"}


async def echo(lines):
    return lines


def client(receive=echo, pin="aa" * 32, **more):
    """Return a client of the application, as if TLS had shown this pin."""
    inner = peer_app(receive_all=receive, allowed=PINS.get, card=lambda: b'{"card":1}', **more)

    async def app(scope, receive, send):
        extension = {} if pin is None else {EXTENSION: {"pin": pin}}
        await inner(scope | {"extensions": extension}, receive, send)

    return TestClient(app)


def post(content, receive=echo, headers=HEADERS, **more):
    return client(receive, **more).post(PATH, content=content, headers=headers)


def code(response):
    return decode_problem(response.content.rstrip(b"\n")).code


def test_lines_are_answered_by_lines():
    response = post(b"one\ntwo\n")
    assert (response.status_code, response.content) == (200, b"one\ntwo\n")
    assert response.headers["content-type"].split(";")[0] == CONTENT_TYPE


def test_a_refused_line_is_answered_by_a_problem_and_ends_the_answers():
    problem = Problem(problem="Number 7 was expected.", code="gap", expected=7)

    async def receive(lines):
        return [lines[0], encode_problem(problem)]

    answers = post(b"one\ntwo\nthree\n", receive).content.splitlines()
    assert answers[0] == b"one"
    assert json.loads(answers[1]) == {
        "problem": "Number 7 was expected.",
        "code": "gap",
        "expected": 7,
    }
    assert [decode_problem(line) for line in answers] == [None, problem]


@pytest.mark.parametrize("pin", [None, "bb" * 32, ""])
@pytest.mark.parametrize("path", [PATH, "/peer/v1/card", "/peer/v1/health", "/", "/nothing"])
def test_whoever_is_not_a_peer_gets_nothing_anywhere(pin, path):
    taken = []

    async def receive(lines):
        taken.extend(lines)
        return lines

    asker = client(receive, pin)
    for response in (asker.get(path), asker.post(path, content=b"one\n", headers=HEADERS)):
        assert response.status_code == 403
        assert code(response) == "unknown-peer"
    assert taken == []


def test_a_header_cannot_stand_in_for_a_certificate():
    names = ("x-forwarded-client-cert", "x-ssl-client-cert", EXTENSION, "x-client-pin")
    asker = client(pin=None)
    for name in names:
        assert asker.get("/peer/v1/card", headers={name: "aa" * 32}).status_code == 403


def test_the_card_and_health_are_given():
    asker = client()
    assert asker.get("/peer/v1/card").content == b'{"card":1}'
    assert asker.get("/peer/v1/health").status_code == 200


@pytest.mark.parametrize(
    ("content", "headers", "status", "why"),
    [
        (b"one", HEADERS, 400, "bad-lines"),
        (b"\n", HEADERS, 400, "bad-lines"),
        (b"one\n\n", HEADERS, 400, "bad-lines"),
        (b"x" * 1_048_577 + b"\n", HEADERS, 400, "bad-lines"),
        (b"x\n" * (MAX_LINES + 1), HEADERS, 413, "bad-lines"),
        (b"x" * (MAX_EXCHANGE_BYTES + 1), HEADERS, 413, "too-large"),
        (b"one\n", {}, 415, "bad-type"),
        (b"one\n", {"content-type": "application/json"}, 415, "bad-type"),
        (b"one\n", HEADERS | {"content-encoding": "gzip"}, 415, "bad-encoding"),
    ],
)
def test_what_is_out_of_bounds_is_refused_before_any_line_is_taken(content, headers, status, why):
    taken = []

    async def receive(lines):
        taken.extend(lines)
        return lines

    response = post(content, receive, headers)
    assert (response.status_code, code(response)) == (status, why)
    assert taken == []


def test_a_stream_without_a_length_is_bounded_too():
    def endless():
        while True:
            yield b"x" * 1_000_000

    some = (chunk for _, chunk in zip(range(18), endless(), strict=False))
    assert post(some).status_code == 413


PIECES = st.sampled_from([b"\n", b"{", b"one", b"\0", b"\xff" * 9])
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "X"])
PATHS = st.sampled_from(
    [PATH, PATH + "/", "/peer/v1/card", "/peer", "/%00", "/../x", "/peer/v1/card/"]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_any_body_is_answered_and_never_by_500(content):
    assert post(content).status_code in {200, 400}


@settings(max_examples=60)
@given(METHODS, PATHS)
def test_any_method_on_any_path_is_answered_and_never_by_500(method, path):
    response = client().request(method, path, headers=HEADERS, content=b"")
    assert response.status_code in {200, 404, 405}
    assert response.status_code != 405 or response.headers["allow"]


def test_a_receiver_that_fails_is_not_now_and_nothing_is_told_of_it():
    async def receive(lines):
        raise RuntimeError("secret of the plan")

    response = post(b"one\n", receive)
    assert (response.status_code, code(response)) == (503, "not-now")
    assert b"secret" not in response.content


def test_a_receiver_that_refuses_all_says_why():
    async def receive(lines):
        raise WideberthError("The exchange is suspended.")

    response = post(b"one\n", receive)
    assert (response.status_code, code(response)) == (422, "refused")
    assert b"suspended" in response.content


def over_tls(tmp_path, body, receive=echo, **more):
    """Run a body with a raw TLS connection to a real server."""

    async def run():
        north, south = a_node(tmp_path, "north"), a_node(tmp_path, "south", receive)
        south.let_in(north)
        async with south.up(north, **more) as url:
            port = int(url.rsplit(":", 1)[1])

            def connect():
                context = north.context_to(south)
                return asyncio.open_connection("127.0.0.1", port, ssl=context)

            return await body(connect)

    return asyncio.run(run())


def request(body=b"", length=None, path=PATH):
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {CONTENT_TYPE}\r\n"
    return head.encode() + b"content-length: %d\r\n\r\n" % (length or len(body)) + body


def test_a_body_that_does_not_come_is_not_waited_for(tmp_path):
    async def body(connect):
        reader, writer = await connect()
        writer.write(request(b"one", length=100))
        async with asyncio.timeout(30):  # far less than the patience that is not set here
            answer = await reader.readline()
        writer.close()
        return answer

    assert b" 408 " in over_tls(tmp_path, body, read_time_s=0.1)


def test_headers_without_end_are_cut_off(tmp_path):
    async def body(connect):
        reader, writer = await connect()
        writer.write(b"GET / HTTP/1.1\r\n")
        for _ in range(100):
            writer.write(b"x-a: " + b"b" * 1000 + b"\r\n")
        async with asyncio.timeout(30):  # far less than the patience with slow headers
            answer = await reader.read()
        writer.close()
        return answer

    try:
        answer = over_tls(tmp_path, body)
    except ConnectionError:
        answer = b""
    assert b"200" not in answer


@pytest.mark.parametrize("data", [b"\0\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
def test_bytes_that_are_no_http_end_the_connection_and_not_the_server(tmp_path, data):
    async def body(connect):
        reader, writer = await connect()
        writer.write(data)
        answer = await reader.read()
        writer.close()
        again, writer = await connect()
        writer.write(request(b"one\n"))
        served = await again.readline()
        writer.close()
        return answer, served

    answer, served = over_tls(tmp_path, body)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b" 200 " in served


def test_a_client_that_goes_away_in_the_middle_harms_nobody(tmp_path):
    async def body(connect):
        _, writer = await connect()
        writer.write(request(b"one", length=100))
        await writer.drain()
        writer.transport.abort()
        reader, writer = await connect()
        writer.write(request(b"one\n"))
        served = await reader.readline()
        writer.close()
        return served

    assert b" 200 " in over_tls(tmp_path, body)


def test_one_peer_cannot_fill_the_node_with_requests(tmp_path):
    go, asked = asyncio.Event(), asyncio.Semaphore(0)

    async def slowly(lines):
        asked.release()
        await go.wait()
        return lines

    async def body(connect):
        lines = [await connect() for _ in range(MAX_AT_ONCE + 1)]
        for _, writer in lines[:-1]:
            writer.write(request(b"one\n"))
        for _ in lines[:-1]:
            await asked.acquire()
        lines[-1][1].write(request(b"one\n"))
        refused = await lines[-1][0].readline()
        go.set()
        served = [await reader.readline() for reader, _ in lines[:-1]]
        for _, writer in lines:
            writer.close()
        return refused, served

    refused, served = over_tls(tmp_path, body, slowly)
    assert b" 429 " in refused
    assert all(b" 200 " in line for line in served)


def test_the_real_card_opens(tmp_path):
    async def body(connect):
        reader, writer = await connect()
        writer.write(b"GET /peer/v1/card HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return answer.split(b"\r\n\r\n", 1)[1]

    assert open_card(over_tls(tmp_path, body)).party == "south"
