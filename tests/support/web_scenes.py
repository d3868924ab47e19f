"""A node's API over a desk that answers at once: users of every role, tokens, clients."""

import asyncio
from dataclasses import replace

import msgspec
from builders import a_volume, an_activity, an_agreement
from fake_desk import QUICK, CountedChance, FakeDesk
from starlette.testclient import TestClient

from wideberth.model.activity import Disclosure, State
from wideberth.model.notice import NoticeRules, Unit
from wideberth.node import tables
from wideberth.node.auditing import Audit
from wideberth.node.people import Role, permissions_of
from wideberth.node.people_passwords import Passwords
from wideberth.node.promise_records import Broken
from wideberth.node.records import Alarm, Held, Met, Notice, Peer, Side, UnitStep, Way
from wideberth.node.refusals import NotFoundError
from wideberth.peering.wire import to_wire
from wideberth.web.app import node_app
from wideberth.web.guard import Door, WebSettings
from wideberth.web.limits import Rate

PASSWORD = "copper lantern ninth harbour"
SECRET_TITLE = "Quince Umbrella"
NOTICE = "ab" * 32
PLACE_DEG = (33.125, 34.625)


class FakeLedger:
    def __init__(self) -> None:
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.kept = [b'{"payload":"one"}', b'{"payload":"two"}']

    async def size(self):
        return len(self.kept)

    async def checkpoint(self):
        return b"wideberth/test/north\n2\nroot\n"

    async def entries(self, first, limit):
        return self.kept[first : first + limit]

    async def verify(self, peer, progress):
        if peer == "nobody":
            raise NotFoundError("party 'nobody' is no peer of this node.")
        progress(0, len(self.kept))
        await self.may_end.wait()
        progress(1, len(self.kept))
        bad = next((i for i, one in enumerate(self.kept) if b"bad" in one), None)
        return Audit(len(self.kept), b"\x01", bad, (f"{len(self.kept)} entries.",))

    async def proof(self, index):
        return f"proof of {index}\n".encode()


class Node:
    """North's node with a user for each role, named like it."""

    FREE = Rate(1e9, 1e9)

    def __init__(self, **settings):
        agreement = replace(
            an_agreement(),
            notice=NoticeRules(units=(Unit("north", "Alfa"), Unit("south", "Sierra"))),
        )
        self.desk = FakeDesk(agreement)
        hosts = frozenset({"testserver"})
        defaults = {"hosts": hosts, "secure_cookies": False}
        self.door = Door.of(
            self.desk,
            CountedChance(),
            settings=WebSettings(**(defaults | settings)),
            ledger=FakeLedger(),
            passwords=Passwords(QUICK),
        )
        self.app = node_app(self.door)
        for role in Role:
            asyncio.run(self.door.users.add(role.value, [role], PASSWORD))

    @property
    def clock(self):
        return self.desk.clock

    def client(self, token="", address="10.0.0.9"):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return TestClient(self.app, headers=headers, client=(address, 40000))

    def token(self, role=Role.PLANNER, *scopes):
        wanted = frozenset(scopes or permissions_of([role]))
        secret, _token = asyncio.run(
            self.door.tokens.issue(role.value, wanted, title="x", lasts_s=86400.0)
        )
        return secret

    def unit_token(self, unit="Alfa"):
        secret, _token = asyncio.run(self.door.tokens.issue_to_unit(unit, lasts_s=86400.0))
        return secret

    def as_role(self, role):
        return self.client(self.token(role))

    def signed_in(self, role=Role.PLANNER, **more):
        """Return a client with a session, and the CSRF header."""
        client = self.client(**more)
        answer = client.post("/api/v1/session", json={"name": role.value, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return client, {"x-csrf-token": answer.json()["csrf"]}

    def keep(self, *records, event=False):
        """Put records into the store, by table and key."""

        def work(transaction):
            for table, key, record in records:
                data = record if isinstance(record, bytes) else msgspec.json.encode(record)
                transaction.put(table, key, data)
                if isinstance(record, Met) and record.ended_s is None:
                    for side in (record.a, record.b):
                        of = tables.key(side.party, side.activity, record.id)
                        transaction.put(tables.CONFLICT_OF, of, b"")
                if event:
                    self.desk.happen(transaction, table, key)

        asyncio.run(self.desk.store.transact(work))

    def clear(self, table):
        """Remove all records of a table."""

        def work(transaction):
            for key, _record in list(transaction.scan(table)):
                transaction.delete(table, key)

        asyncio.run(self.desk.store.transact(work))

    def audit(self):
        return asyncio.run(self.door.audit.page())[0]


def a_form(name="N1", *, private=False, revision=1, party="north"):
    """Return what POST /activities takes."""
    activity = replace(
        an_activity(a_volume(), name=name, party=party),
        revision=revision,
        title=SECRET_TITLE if private else "Survey",
        disclose=Disclosure.PRIVATE if private else Disclosure.FULL,
    )
    return {"activity": msgspec.to_builtins(to_wire(activity)), "contact": "duty officer"}


def held(name="S1", *, party="south", private=False, now_s=1_800_000_000.0):
    """Return a record of the activity table as keep() takes it."""
    form = a_form(name, private=private, party=party)
    record = msgspec.convert(form | {"declared_s": now_s, "changed_s": now_s}, Held)
    return tables.ACTIVITY, tables.key(party, name), record


def notice_of(message=NOTICE, *, units=("Alfa",), way=Way.IN, acknowledged_s=None, index=7):
    """Return the records of a notice of S1, passed to units."""
    steps = tuple(
        UnitStep(unit=unit, passed_s=1_800_000_100.0, acknowledged_s=acknowledged_s)
        for unit in units
    )
    notice = Notice(
        way=way,
        peer="south",
        owner="south",
        activity="S1",
        revision=1,
        state=State.ACCEPTED,
        message=message,
        sequence=3,
        index=index,
        sent_s=1_800_000_000.0,
        delivered_s=1_800_000_001.0,
        skew_s=0.5,
        units=steps,
    )
    _table, _key, record = held()
    return (
        (tables.NOTICE, message, notice),
        (tables.NOTICE_IN_ORDER, tables.key(index), message.encode()),
        (tables.REVISION, tables.key("south", "S1", 1), record),
    )


def a_met(*, private=False, name="c1"):
    """Return a conflict's record."""
    met = Met(
        id=name,
        a=Side(party="north", activity="N1", volume="0", revision=1),
        b=Side(party="south", activity="S1", volume="0", revision=1),
        rule="air",
        clause="S1",
        lateral_m=0.0,
        vertical_m=0.0,
        time_s=0.0,
        why="overlap",
        lon_deg=PLACE_DEG[0],
        lat_deg=PLACE_DEG[1],
        found_s=1_800_000_000.0,
        private=private,
    )
    return tables.CONFLICT, name, met


def a_peer():
    """Return the south's record."""
    peer = Peer(
        party="south",
        url="https://south.example",
        root="00" * 32,
        keys=(),
        tls=(),
        statement="",
    )
    return tables.PEER, tables.key("south"), peer


def a_broken(activity="N1", *, private=False):
    """Return the record of an assurance that an activity of ours acts against."""
    broken = Broken(
        party="north",
        assurance="AS-1",
        activity=activity,
        revision=1,
        clause="A1",
        volume="0",
        from_s=1_800_000_000.0,
        to_s=1_800_003_600.0,
        lon_deg=PLACE_DEG[0],
        lat_deg=PLACE_DEG[1],
        found_s=1_800_000_000.0,
        private=private,
    )
    return tables.BROKEN, tables.key("north", "AS-1", activity), broken


def an_alarm(name="a1", *, subject="south", kind="k"):
    """Return an alarm's record."""
    alarm = Alarm(id=name, kind=kind, subject=subject, text="t", raised_s=1_800_000_000.0)
    return tables.ALARM, name, alarm
