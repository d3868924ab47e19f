"""One command at work: its draft of the store, the log, the peers, the time, what it sends."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import msgspec
from msgspec import Struct, structs

from wideberth.formats.shown import line
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.node import queries, tables
from wideberth.node.draft import Draft
from wideberth.node.logbook import OpenLogbook
from wideberth.node.ports import Chance, Signer, Transaction
from wideberth.node.records import Alarm, Event, Held, Notice, Peer
from wideberth.node.refusals import NotFoundError
from wideberth.node.settings import Settings

T = TypeVar("T")

MOST_EVENTS: Final = 100_000  # the newest; who was away for longer looks at everything anew
_EVENT: Final = "event"


@dataclass(frozen=True, slots=True)
class Bench:
    """What a node works with, the same for every command."""

    settings: Settings
    signer: Signer
    chance: Chance


@dataclass(slots=True)
class Work:
    """A command's hands: everything it changes goes through here, and only here.

    now_s: when the batch began. log: as the commands before left it. search: activities, own and
    peers', whose places and conflicts are to be settled before the batch ends (None: gone).
    concerned: own activities of which a peer was told something, to be looked at as those are.
    alerts: (role, text) for after the commit; the text holds nothing undisclosed.
    """

    bench: Bench
    draft: Transaction
    now_s: float
    search: dict[tuple[str, str], Activity | None] = field(default_factory=dict)
    concerned: set[tuple[str, str]] = field(default_factory=set)
    alerts: list[tuple[str, str]] = field(default_factory=list)
    log: OpenLogbook = field(init=False)

    def __post_init__(self) -> None:
        self.log = OpenLogbook(self.draft)

    def attempt(self, do: Callable[["Work"], T], *, under: Settings | None = None) -> T:
        """Return what `do` returns, with all it changed; if it raises, nothing is changed.

        under: the settings by which it is judged, where they are not ours.
        """
        draft = Draft(self.draft)
        bench = self.bench if under is None else replace(self.bench, settings=under)
        attempt = Work(bench, draft, self.now_s)
        result = do(attempt)
        draft.keep()
        self.search |= attempt.search
        self.concerned |= attempt.concerned
        self.alerts += attempt.alerts
        self.log = OpenLogbook(self.draft)
        return result

    @property
    def party(self) -> str:
        """Return the node's own party."""
        return self.bench.settings.party

    @property
    def agreement(self) -> Agreement:
        """Return the agreement in force."""
        return self.bench.settings.agreement

    def save(self, table: str, key: str, record: Struct) -> None:
        """Write a record and tell whoever watches."""
        self.draft.put(table, key, msgspec.json.encode(record))
        self.tell(table, key)

    def tell(self, table: str, key: str) -> None:
        """Add an event that says what changed; the oldest goes where there are too many."""
        last = self.draft.get(tables.META, _EVENT)
        number = int(last or b"0") + 1
        self.draft.put(tables.META, _EVENT, str(number).encode())
        event = Event(id=number, at_s=self.now_s, table=table, key=key)
        self.draft.put(tables.EVENT, tables.key(number), msgspec.json.encode(event))
        if number > MOST_EVENTS:
            self.draft.delete(tables.EVENT, tables.key(number - MOST_EVENTS))

    def held(self, party: str, activity_id: str) -> Held | None:
        """Return what is held of an activity."""
        return queries.activity(self.draft, party, activity_id)

    def peers(self) -> list[Peer]:
        """Return all peers."""
        return queries.peers(self.draft)

    def peer(self, party: str) -> Peer:
        """Return a peer; raises NotFoundError."""
        found = queries.peer(self.draft, party)
        if found is None:
            raise NotFoundError(
                f"party {party!r} is no peer of this node.", remedy="Add it: `wideberth peer add`."
            )
        return found

    def save_peer(self, peer: Peer, *, tell: bool = False) -> None:
        """Write a peer; tell: also whoever watches (not for every message)."""
        record = msgspec.json.encode(peer)
        self.draft.put(tables.PEER, tables.key(peer.party), record)
        if tell:
            self.tell(tables.PEER, tables.key(peer.party))

    def notice(self, message: str) -> Notice:
        """Return a notice; raises NotFoundError."""
        found = queries.notice(self.draft, message)
        if found is None:
            raise NotFoundError(
                "there is no such notice.", remedy="List them: `wideberth notice list`."
            )
        return found

    def change_notice(self, notice: Notice, change: Callable[[Notice], Notice]) -> Notice:
        """Write a changed notice and return it."""
        changed = change(notice)
        if changed != notice:
            self.save(tables.NOTICE, notice.message, changed)
        return changed

    def raise_alarm(self, kind: str, subject: str, text: str, roles: tuple[str, ...] = ()) -> None:
        """Raise an alarm unless the same one lasts; then tell further roles only.

        The text is kept as it is safe to show, wherever it goes from here.
        """
        text = line(text)
        on = tables.key(kind, subject)
        lasting = self.draft.get(tables.ALARM_ON, on)
        if lasting is not None:
            self._widen(lasting.decode(), text, roles)
            return
        number = int(self.draft.get(tables.META, "alarm") or b"0") + 1
        self.draft.put(tables.META, "alarm", str(number).encode())
        alarm = Alarm(
            id=tables.key(number),
            kind=kind,
            subject=subject,
            text=text,
            raised_s=self.now_s,
            roles=roles,
        )
        self.save(tables.ALARM, alarm.id, alarm)
        self.draft.put(tables.ALARM_ON, on, alarm.id.encode())
        self.alerts += [(role, text) for role in roles or ("duty officer",)]

    def _widen(self, alarm_id: str, text: str, roles: tuple[str, ...]) -> None:
        record = self.draft.get(tables.ALARM, alarm_id)
        assert record is not None, "an alarm that lasts has a record"
        alarm = msgspec.json.decode(record, type=Alarm)
        new = tuple(role for role in roles if role not in alarm.roles)
        if new or alarm.text != text:
            wider = structs.replace(alarm, roles=(*alarm.roles, *new), text=text)
            self.save(tables.ALARM, alarm_id, wider)
        self.alerts += [(role, text) for role in new]

    def renew_alarm(self, kind: str, subject: str, text: str) -> None:
        """Let an alarm that lasts say what is true now; none there: nothing happens."""
        lasting = self.draft.get(tables.ALARM_ON, tables.key(kind, subject))
        if lasting is not None and text:
            self._widen(lasting.decode(), text, ())

    def clear_alarm(self, kind: str, subject: str, why: str) -> None:
        """Clear an alarm whose cause is gone; none there: nothing happens."""
        on = tables.key(kind, subject)
        lasting = self.draft.get(tables.ALARM_ON, on)
        if lasting is None:
            return
        record = self.draft.get(tables.ALARM, lasting.decode())
        assert record is not None, "an alarm that lasts has a record"
        alarm = msgspec.json.decode(record, type=Alarm)
        cleared = structs.replace(alarm, cleared_s=self.now_s, cleared_why=why)
        self.save(tables.ALARM, alarm.id, cleared)
        self.draft.delete(tables.ALARM_ON, on)
