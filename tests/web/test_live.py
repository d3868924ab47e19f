"""Server-sent events, asked for over plain ASGI: the test client does not stream."""

import asyncio
import json

import msgspec
import pytest
from web_scenes import Node, a_broken, a_met, an_alarm, held

from wideberth.node import tables
from wideberth.node.people import Permission, Role

PATIENCE_S = 60.0  # a busy machine is no failure


class Listener:
    """A client of /events that can stop reading."""

    def __init__(self, node, token, *, query="", last=None, is_reading=True):
        headers = [(b"host", b"testserver"), (b"authorization", f"Bearer {token}".encode())]
        if last is not None:
            headers.append((b"last-event-id", str(last).encode()))
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": "/events",
            "raw_path": b"/events",
            "query_string": query.encode(),
            "headers": headers,
            "client": ("10.0.0.9", 1),
            "root_path": "",
        }
        self.text, self.status, self.is_over = "", None, False
        self.left, self.reading = asyncio.Event(), asyncio.Event()
        if is_reading:
            self.reading.set()
        self.task = asyncio.create_task(node.app(self.scope, self.receive, self.send))

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        await self.reading.wait()
        self.text += message["body"].decode()
        self.is_over = not message["more_body"]

    async def until(self, count):
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    if len(self.events()) >= count:
                        return self.events()
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(self.text) from None

    def events(self):
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if line[0] != ":")
            if "id" in lines:
                found.append((int(lines["id"]), json.loads(lines["data"])))
        return found

    async def until_here(self):
        """Return the data of the first heartbeat."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if "event: here\ndata: " in self.text:
                    break
                await asyncio.sleep(0.005)
        line = self.text.partition("event: here\n")[2].partition("\n\n")[0]
        assert "\n" not in line, "a heartbeat has no id"
        return json.loads(line.removeprefix("data: "))

    async def leave(self):
        self.left.set()
        await asyncio.wait_for(self.task, PATIENCE_S)


@pytest.fixture
def node():
    return Node()


def listen(node, work, role=Role.PLANNER, **more):
    """Run work with a listener, and let it leave."""
    token = node.token(role) if isinstance(role, Role) else role

    async def scene():
        node.door.closing = asyncio.Event()
        listener = Listener(node, token, **more)
        try:
            return await work(listener)
        finally:
            await listener.leave()

    return asyncio.run(scene())


def put_later(node, *records):
    def work(transaction):
        for table, key, record in records:
            data = record if isinstance(record, bytes) else msgspec.json.encode(record)
            transaction.put(table, key, data)
            node.desk.happen(transaction, table, key)

    return node.desk.store.transact(work)


def test_what_changes_is_told_as_it_changes(node):
    node.keep(held("S0"), event=True)

    async def work(listener):
        await asyncio.sleep(0.05)
        await put_later(node, held("S1"))
        return await listener.until(1)

    ((number, data),) = listen(node, work)
    assert (number, data["table"], data["key"]) == (2, "activity", "south/S1")
    assert data["record"]["activity"]["id"] == "S1"


@pytest.mark.parametrize(
    "how", [{"last": 2}, {"query": "after=2"}, {"last": 2, "query": "after=0"}]
)
def test_a_client_resumes_after_the_last_event_it_saw(node, how):
    node.keep(*(held(f"S{number}") for number in range(5)), event=True)
    got = listen(node, lambda listener: listener.until(3), **how)
    assert [number for number, _data in got] == [3, 4, 5]


def test_nothing_is_told_twice_or_left_out_over_many_pages(node):
    node.keep(*(held(f"S{number}") for number in range(350)), event=True)
    got = listen(node, lambda listener: listener.until(350), query="after=0")
    assert [number for number, _data in got] == list(range(1, 351))


def test_who_may_not_see_private_activities_does_not_hear_of_them(node):
    gone = (tables.ACTIVITY, "north/gone", b"")
    node.keep(held("N1", party="north", private=True), a_met(private=True), event=True)
    node.keep(gone, an_alarm("hidden", subject="north/N1"), an_alarm(), event=True)
    asyncio.run(node.desk.store.transact(lambda t: t.delete(*gone[:2])))
    heard = listen(node, lambda one: one.until(1), role=Role.OBSERVER, query="after=0")
    assert [data["key"] for _number, data in heard] == ["a1"]
    heard = listen(node, lambda one: one.until(5), role=Role.WATCH, query="after=0")
    tables_told = [data["table"] for _number, data in heard]
    assert tables_told == ["activity", "conflict", "activity", "alarm", "alarm"]


def test_tables_of_people_are_never_told(node):
    rows = [(table, "x", b"{}") for table in (tables.USER, tables.SESSION, tables.TOKEN)]
    node.keep(*rows, (tables.SALT, "N1/1", b"salt"), an_alarm(), event=True)
    heard = listen(node, lambda one: one.until(1), query="after=0")
    assert [number for number, _data in heard] == [5]


def test_a_case_of_interference_is_told_as_it_changes(node):
    node.keep((tables.CASE, "north/I-1", b'{"id":"I-1"}'), event=True)
    ((_number, data),) = listen(node, lambda one: one.until(1), role=Role.OBSERVER, query="after=0")
    assert (data["table"], data["record"]) == ("case", {"id": "I-1"})


def test_a_large_record_is_named_only(node):
    table, key, _record = held()
    node.keep((table, key, b'{"x":"' + b"x" * 5000 + b'"}'), event=True)
    ((_number, data),) = listen(node, lambda one: one.until(1), query="after=0")
    assert data == {"table": table, "key": key, "at_s": node.clock.now_s()}


def test_a_heartbeat_is_an_event_with_the_time_and_the_newest_id_and_without_an_id(node):
    node.keep(held("S1"), held("S2"), event=True)
    told = listen(node, lambda one: one.until_here())
    assert told == {"at_s": node.clock.now_s(), "newest": 2}


def test_a_desk_that_has_stopped_has_no_heartbeat(node):
    node.desk.running = False

    async def work(listener):
        await asyncio.wait_for(asyncio.shield(listener.task), PATIENCE_S)
        return listener.text

    assert "here" not in listen(node, work)


def test_who_hears_only_of_what_is_hidden_still_hears_the_heart(node):
    node.keep(held("N1", party="north", private=True), event=True)
    told = listen(node, lambda one: one.until_here(), role=Role.OBSERVER, query="after=0")
    assert told["newest"] == 1


def test_a_matter_and_another_agreement_are_named_only(node):
    matter = (tables.MATTER, "concern/north/C-1", b'{"kind":"concern"}')
    node.keep(matter, (tables.AGREEMENT, "ab12", b"{}"), event=True)
    heard = listen(node, lambda one: one.until(2), role=Role.OBSERVER, query="after=0")
    assert [(data["table"], data["key"], "record" in data) for _number, data in heard] == [
        ("matter", "concern/north/C-1", False),
        ("agreement", "ab12", False),
    ]


def test_a_broken_assurance_is_told_but_not_by_which_private_activity(node):
    node.keep(a_broken("seen"), a_broken("hidden", private=True), event=True)
    node.keep((tables.BROKEN, "north/AS-1/gone", b""), an_alarm(), event=True)
    asyncio.run(node.desk.store.transact(lambda t: t.delete(tables.BROKEN, "north/AS-1/gone")))
    heard = listen(node, lambda one: one.until(2), role=Role.OBSERVER, query="after=0")
    assert [data["key"] for _number, data in heard] == ["north/AS-1/seen", "a1"]
    heard = listen(node, lambda one: one.until(4), role=Role.WATCH, query="after=0")
    assert heard[1][1]["record"]["private"] is True


def test_the_watch_is_told_to_who_may_use_the_hotline(node):
    node.keep((tables.WATCH, "duty", b'{"role":"duty"}'), an_alarm(), event=True)
    token = node.token(Role.WATCH, Permission.READ)
    heard = listen(node, lambda one: one.until(1), role=token, query="after=0")
    assert [data["table"] for _number, data in heard] == ["alarm"]
    heard = listen(node, lambda one: one.until(2), role=Role.WATCH, query="after=0")
    assert heard[0][1]["record"] == {"role": "duty"}


def test_a_stream_ends_cleanly_when_the_node_stops(node):
    async def work(listener):
        await asyncio.sleep(0.05)
        node.door.closing.set()
        await asyncio.wait_for(asyncio.shield(listener.task), PATIENCE_S)
        return listener.is_over

    assert listen(node, work) is True
    assert node.door.streams == 0


def test_a_stream_ends_when_the_desk_has_stopped(node):
    async def work(listener):
        node.desk.running = False
        await asyncio.wait_for(asyncio.shield(listener.task), PATIENCE_S)
        return listener.is_over

    assert listen(node, work) is True


def test_a_client_that_leaves_is_let_go(node):
    async def work(_listener):
        await asyncio.sleep(0.05)
        return node.door.streams

    assert listen(node, work) == 1
    assert node.door.streams == 0


def test_a_stream_ends_when_its_token_is_revoked(node):
    token = node.token(Role.PLANNER)

    async def scene():
        listener = Listener(node, token)
        await asyncio.sleep(0.02)
        for kept in await node.door.tokens.all():
            await node.door.tokens.revoke(kept.id)
        node.door.known.forget()
        await asyncio.wait_for(listener.task, PATIENCE_S)
        return listener.is_over

    assert asyncio.run(scene()) is True


def test_streams_beyond_the_most_are_refused():
    node = Node(most_streams=0)

    async def work(listener):
        await asyncio.wait_for(asyncio.shield(listener.task), PATIENCE_S)
        return listener.status

    assert listen(node, work) == 503


def test_a_client_that_does_not_read_is_cut_off_and_loses_nothing():
    node = Node(patience_s=0.05)
    node.keep(*(held(f"S{number}") for number in range(3)), event=True)

    async def work(listener):
        await asyncio.wait_for(asyncio.shield(listener.task), PATIENCE_S)
        return listener.events(), listener.is_over

    assert listen(node, work, query="after=0", is_reading=False) == ([], False)
    assert node.door.streams == 0
    assert len(listen(node, lambda one: one.until(3), query="after=0")) == 3


@pytest.mark.parametrize("last", ["x", "-1", "1e3", "9" * 13])
def test_a_last_event_id_that_is_none_is_refused(node, last):
    client = node.as_role(Role.PLANNER)
    assert client.get("/events", headers={"last-event-id": last}).status_code == 400


def test_who_may_not_read_hears_nothing(node):
    assert node.client().get("/events").status_code == 401
