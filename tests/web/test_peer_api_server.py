"""A server says where it listens, ends in time, and waits for nobody for ever."""

import asyncio
import socket
import stat

import httpx2
import pytest
from starlette.responses import PlainTextResponse
from uvicorn import Config
from uvicorn.server import ServerState

from wideberth.web.server import ServerError, serve
from wideberth.web.tls_protocol import HEADERS_TIME_S, BoundedHttpProtocol, client_pin

hello = PlainTextResponse("hello")


def test_it_listens_where_it_says_until_it_is_left():
    async def body():
        async with httpx2.AsyncClient(trust_env=False) as client:
            async with serve(hello) as port:
                first = (await client.get(f"http://127.0.0.1:{port}/")).text
            with pytest.raises(httpx2.ConnectError):
                await client.get(f"http://127.0.0.1:{port}/")
        return first

    assert asyncio.run(body()) == "hello"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_an_answer_is_sent_at_once_and_not_held_back_for_more(host):
    async def body():
        async with serve(hello, host=host) as port:
            _, writer = await asyncio.open_connection(host, port)
            ours = []
            while not ours:
                await asyncio.sleep(0.01)
                lines = asyncio.get_running_loop()._transports.values()
                socks = [line.get_extra_info("socket") for line in lines]
                ours = [sock for sock in socks if sock and sock.getsockname()[1] == port]
            writer.close()
            return [sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for sock in ours]

    assert asyncio.run(body()) == [1]


def test_two_servers_run_in_one_loop():
    async def body():
        async with serve(hello) as one, serve(hello) as other, httpx2.AsyncClient() as client:
            return [(await client.get(f"http://127.0.0.1:{port}/")).text for port in (one, other)]

    assert asyncio.run(body()) == ["hello", "hello"]


def test_a_port_that_is_taken_is_an_error_that_says_so():
    async def body():
        async with serve(hello) as port:
            with pytest.raises(ServerError, match=str(port)):
                async with serve(hello, port=port):
                    pass

    asyncio.run(body())


def test_a_host_that_is_not_here_is_an_error_that_says_so():
    async def body():
        async with serve(hello, host="node.invalid"):
            pass

    with pytest.raises(ServerError, match=r"node\.invalid"):
        asyncio.run(body())


def test_a_socket_in_the_file_system_is_for_its_owner_alone_and_goes_away(tmp_path):
    path = tmp_path / "node.sock"

    async def body():
        transport = httpx2.AsyncHTTPTransport(uds=str(path))
        async with serve(hello, uds=path), httpx2.AsyncClient(transport=transport) as client:
            mode = stat.S_IMODE(path.stat().st_mode)
            return mode, (await client.get("http://node/")).text

    assert asyncio.run(body()) == (0o600, "hello")
    assert not path.exists()


def test_a_request_without_end_does_not_keep_the_server_up():
    async def never(scope, receive, send):
        await asyncio.Event().wait()

    async def body():
        async with asyncio.timeout(60):
            async with serve(never) as port:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                await asyncio.sleep(0.1)
            writer.close()
            return "over"

    assert asyncio.run(body()) == "over"


def test_an_error_inside_is_not_lost_when_the_server_ends():
    async def body():
        async with serve(hello):
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        asyncio.run(body())


class StoppedLoop:
    """A loop whose timers run only when told."""

    def __init__(self):
        self.timers = []

    def call_later(self, delay_s, callback):
        timer = Timer(delay_s, callback)
        self.timers.append(timer)
        return timer

    def create_task(self, work, **_):
        work.close()
        return asyncio.Future(loop=self)

    def get_debug(self):
        return False

    def running(self):
        return [timer for timer in self.timers if not timer.cancelled]


class Timer:
    def __init__(self, delay_s, callback):
        self.delay_s = delay_s
        self.callback = callback
        self.cancelled = False

    def cancel(self):
        self.cancelled = True


class Line:
    """A transport that remembers whether it was closed."""

    closed = False
    aborted = False

    def abort(self):
        self.aborted = True

    def get_extra_info(self, name):
        return None

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        pass

    resume_reading = pause_reading


def connected():
    loop, line = StoppedLoop(), Line()
    config = Config(hello, log_config=None, lifespan="off")
    protocol = BoundedHttpProtocol(config, ServerState(), {}, _loop=loop)
    protocol.connection_made(line)
    return protocol, loop, line


@pytest.mark.parametrize("sent", [b"", b"GET", b"GET / HTTP/1.1\r\nhost: x\r\n"])
def test_headers_that_do_not_come_in_time_end_the_connection(sent):
    protocol, loop, line = connected()
    if sent:
        protocol.data_received(sent)
    (timer,) = loop.running()
    assert timer.delay_s == HEADERS_TIME_S
    timer.callback()
    assert line.closed


def test_one_more_header_does_not_buy_more_time():
    protocol, loop, _ = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\n")
    started = loop.running()
    for _ in range(5):
        protocol.data_received(b"x-a: b\r\n")
    assert loop.running() == started


def test_empty_lines_between_requests_do_not_buy_more_time():
    protocol, loop, line = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    protocol.data_received(b"\r\n")
    (timer,) = loop.running()
    protocol.data_received(b"\r\n")
    assert loop.running() == [timer]
    timer.callback()
    assert line.closed


def test_complete_headers_end_the_wait():
    protocol, loop, _ = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    assert loop.running() == []


def test_an_idle_client_that_does_not_say_farewell_is_not_waited_for():
    protocol, loop, line = connected()
    protocol.shutdown()
    assert line.closed
    assert not line.aborted
    loop.running()[-1].callback()
    assert line.aborted


def test_a_request_that_is_being_answered_is_not_aborted_at_the_end():
    protocol, loop, line = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    protocol.shutdown()
    assert not line.closed
    assert loop.running() == []


def test_without_tls_there_is_no_pin():
    assert client_pin({}) is None
    assert client_pin({"extensions": {}}) is None
