"""Evidence of an incident frozen: what our ledger holds about it, kept apart for good (R17).

Frozen when the incident is opened, here and at each peer by itself, and again when a report names
more. An excerpt is a copy: no recall, retention or deletion reaches it. Its digest goes to the
other parties at once, so that nobody can change afterwards what was frozen.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from wideberth.council.incident import stand
from wideberth.council.matter import Matter, Step
from wideberth.errors import WideberthError
from wideberth.node import auditing, queries, tables
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering import messages as bodies
from wideberth.peering.checkpoint import parse_checkpoint
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.incident import IncidentFrozen, IncidentReport, IncidentReported
from wideberth.peering.council.said import Said
from wideberth.peering.envelope import Kind, peek, read_payload
from wideberth.peering.excerpt import FORMAT, MOST_ENTRIES, Excerpt, ExcerptEntry, entry_of
from wideberth.peering.notes import parse_note
from wideberth.peering.payloads import (
    decode_body,
    decode_message,
    decode_receipt,
    decode_record,
)
from wideberth.units import SECONDS_PER_DAY

NODE: Final = "node"
FORMS: Final = (IncidentReported, IncidentReport)
BEFORE_S: Final = 7.0 * SECONDS_PER_DAY  # notices come days ahead of what they announce
MOST_FROZEN: Final = 50  # excerpts about one incident
MOST_WALKED: Final = 50_000  # entries looked through, from the newest back
Name = tuple[str, ...]


@dataclass(slots=True)
class _Sought:
    """What an excerpt is about: names of activities and matters, and hashes of messages."""

    names: set[Name]
    hashes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as far as it is read here. owns: its time is by our own clock."""

    index: int
    raw: bytes
    at_s: float
    owns: bool
    digest: str
    names: frozenset[Name]
    hashes: frozenset[str]


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Freeze what a report names, and say so, unless nothing new is named."""
    if not isinstance(step.said, FORMS):
        return ()
    about = step.said.form.about
    if step.party == work.party:
        _refuse_private(work, about)
    before = [s.said for s in one.steps if s.order < step.order]
    known = {name for said in before if isinstance(said, FORMS) for name in said.form.about}
    if before and set(about) <= known:
        return ()
    everything = tuple(sorted({*known, *about}))
    if len(excerpts(work.draft, one)) >= MOST_FROZEN:
        work.raise_alarm("evidence not frozen", one.ref, f"{one.ref}: too many excerpts already.")
        return ()
    return (_frozen(work, one, everything, stand(one, work.agreement).since_s),)


def _frozen(work: Work, one: Matter, about: tuple[str, ...], event_s: float) -> IncidentFrozen:
    number = 1 + len(excerpts(work.draft, one))
    from_s = max(0.0, event_s - BEFORE_S)
    found, is_cut = _found(work, _sought(work, about), from_s)
    made = Excerpt(
        format=FORMAT,
        origin=work.bench.settings.origin(work.party),
        about=one.ref,
        number=number,
        from_s=from_s,
        to_s=work.now_s,
        entries=found,
        cut=is_cut,
    )
    record = msgspec.json.encode(made)
    work.draft.put(tables.FROZEN, tables.key(one.opener, one.id, number), record)
    return IncidentFrozen(
        opener=one.opener,
        matter=one.id,
        role=NODE,
        number=number,
        digest=made.digest,
        entries=len(found),
        size=work.log.size,
        from_s=from_s,
        to_s=work.now_s,
    )


def excerpts(reader: Reader, one: Matter) -> list[Excerpt]:
    """Return what this node froze about an incident, as it is kept."""
    first, before = tables.under(one.opener, one.id)
    rows = reader.scan(tables.FROZEN, first=first, before=before)
    return [msgspec.json.decode(record, type=Excerpt) for _key, record in rows]


def exported(reader: Reader, kept: Excerpt, newest: bytes) -> Excerpt:
    """Return an excerpt with the audit path of each entry, to one checkpoint over all of them.

    newest: a checkpoint of ours as it is now, for want of one that a peer has countersigned.
    """
    last = max((entry.index for entry in kept.entries), default=0)
    checkpoint = auditing.best_checkpoint(reader, last) or newest
    size = parse_checkpoint(parse_note(checkpoint).text).size
    log = Logbook(reader)
    entries = tuple(
        entry_of(entry.index, entry.data, log.inclusion(entry.index, size))
        for entry in kept.entries
    )
    return msgspec.structs.replace(kept, entries=entries, checkpoint=checkpoint.decode())


def _refuse_private(work: Work, about: tuple[str, ...]) -> None:
    """Refuse to name to a peer an activity or a conflict that it must not know of."""
    for name in about:
        kind, _slash, rest = name.partition("/")
        party, _slash, activity = rest.partition("/")
        held = work.held(party, activity) if kind == "activity" else None
        met = queries.conflict(work.draft, rest) if kind == "conflict" else None
        if (held is not None and held.activity.disclose.value == "private") or (
            met is not None and met.private
        ):
            raise NotAllowedError(
                "what is private cannot be named to a peer.", remedy="Say it in words."
            )


def _sought(work: Work, about: tuple[str, ...]) -> _Sought:
    """Return what is looked for: a conflict stands for its activities, a notice for its own."""
    found = _Sought(set())
    for name in about:
        kind, _slash, rest = name.partition("/")
        party, _slash, other = rest.partition("/")
        match kind:
            case "activity":
                found.names.add(("activity", party, other))
            case "notice":
                found.hashes.add(rest)
                notice = queries.notice(work.draft, rest)
                if notice is not None:
                    found.names.add(("activity", notice.owner, notice.activity))
            case "conflict":
                met = queries.conflict(work.draft, rest)
                for side in () if met is None else (met.a, met.b):
                    found.names.add(("activity", side.party, side.activity))
            case _:
                found.names.add((kind, party, other))
    return found


def _found(work: Work, sought: _Sought, from_s: float) -> tuple[tuple[ExcerptEntry, ...], bool]:
    """Return the entries about it since a time, in the log's order; whether some were left out."""
    walked, is_cut = _walked(work, from_s)
    taken: list[_Entry] = []
    for entry in walked:
        is_named = bool(entry.names & sought.names or entry.hashes & sought.hashes)
        if is_named or entry.digest in sought.hashes:
            sought.hashes.add(entry.digest)  # its receipt, its recall
            taken.append(entry)
    newest = taken[-MOST_ENTRIES:]
    found = tuple(entry_of(entry.index, entry.raw) for entry in newest)
    return found, is_cut or len(taken) > MOST_ENTRIES


def _walked(work: Work, from_s: float) -> tuple[list[_Entry], bool]:
    """Return the log's entries since a time by our clock, oldest first, and whether it was cut."""
    found: list[_Entry] = []
    for index in range(work.log.size - 1, max(-1, work.log.size - 1 - MOST_WALKED), -1):
        raw = work.log.entry(index)
        entry = None if raw is None else _read(index, raw, work.party)
        if entry is None:
            continue
        if entry.owns and entry.at_s < from_s:
            return found[::-1], False
        found.append(entry)
    return found[::-1], work.log.size > MOST_WALKED


def _read(index: int, raw: bytes, party: str) -> _Entry | None:
    try:
        payload = read_payload(raw)
        match peek(raw).kind:
            case Kind.MESSAGE:
                return _message(index, raw, payload, party)
            case Kind.RECEIPT:
                receipt = decode_receipt(payload)
                is_ours, hashes = receipt.sender == party, frozenset({receipt.message})
                at_s = receipt.received_s
                return _Entry(index, raw, at_s, is_ours, _digest(raw), frozenset(), hashes)
            case Kind.RECORD:
                at_s = decode_record(payload).at_s
                return _Entry(index, raw, at_s, True, _digest(raw), frozenset(), frozenset())
    except WideberthError:
        pass
    return None


def _message(index: int, raw: bytes, payload: bytes, party: str) -> _Entry:
    message = decode_message(payload)
    head, body = message.head, decode_body(message)
    names = frozenset(_names(body, head.sender, head.recipient))
    notice = getattr(body, "notice", "")
    hashes = frozenset({notice} if notice else ())
    is_ours = head.sender == party
    return _Entry(index, raw, head.sent_s, is_ours, _digest(raw), names, hashes)


def _names(body: bodies.Body, sender: str, recipient: str) -> Iterator[Name]:
    """Yield what a message is about."""
    match body:
        case bodies.Declare(activity=activity):
            yield "activity", activity.party, activity.id
        case bodies.Change(activity=name) | bodies.ReadBackAnswer(activity=name):
            yield "activity", sender, name
        case bodies.Climbed(activity=name) | bodies.ReadBack(activity=name):
            yield "activity", recipient, name
        case bodies.InForceBodies(activities=several):
            for one in several:
                yield "activity", one.activity.party, one.activity.id
        case bodies.Interference(case=name) | bodies.CeaseRequest(case=name):
            yield "interference", sender, name
        case bodies.CaseClosed(case=name):
            yield "interference", sender, name
        case bodies.CeaseAnswered(case=name):
            yield "interference", recipient, name
        case bodies.Observed(opener=opener, case=name):
            yield "interference", opener, name
        case Said():
            yield body.kind, body.opener, body.matter


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
