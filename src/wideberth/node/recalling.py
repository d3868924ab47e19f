"""Recall (R22): a notice went to somebody it was not for; its content is deleted, its hash stays.

The receiver takes the activity out of force, deletes the content from its records and its log (the
leaf hash stays, so that the log still verifies), and says that it did. The sender tells that peer
no more of the activity, under that id, for good.
"""

from base64 import urlsafe_b64decode
from typing import Final

import msgspec
from msgspec import Struct, structs

from wideberth.model.command import RecallNotice
from wideberth.node import naming, promises, queries, tables, together
from wideberth.node.answers import Answer
from wideberth.node.outgoing import send
from wideberth.node.records import Met, Notice, Way
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.telling import MENDED, Told, keep_told
from wideberth.node.work import Work
from wideberth.peering.envelope import Kind, peek
from wideberth.peering.messages import ReadBack, Recall, RecallDone
from wideberth.peering.payloads import decode_body, decode_message

NEXT_ENTRIES: Final = 8  # a read-back is logged right after the message it repeats


class _Sealed(Struct):
    payload: str


def recall(work: Work, command: RecallNotice) -> Answer:
    """Ask the receiver of a notice to delete its content."""
    notice = work.notice(command.notice)
    if notice.way is not Way.OUT:
        raise NotAllowedError("only its sender can recall a notice.")
    if notice.recalled:
        return Answer(notices=(notice,))
    if not command.reason.strip():
        raise NotAllowedError("a recall without a reason.", remedy="Say why.")
    sent = send(work, notice.peer, Recall(notice=notice.message, reason=command.reason))
    _tell_no_more(work, notice, sent.sequence)
    for one in _notices_of(work, notice):
        _close(work, one)
        work.change_notice(one, lambda n: structs.replace(n, recalled="asked"))
    work.raise_alarm(
        "recall", notice.message, f"{notice.peer} was asked to delete a notice and has not yet."
    )
    return Answer(notices=(work.notice(notice.message),))


def _tell_no_more(work: Work, notice: Notice, sequence: int) -> None:
    """See to it that no later revision takes to the peer what was just recalled from it."""
    told = Told(notice.revision, notice.state, "", sequence, recalled=True)
    keep_told(work, notice.peer, notice.activity, told)
    work.clear_alarm("not told", tables.key(notice.peer, notice.activity), "it was recalled")


def _notices_of(work: Work, notice: Notice) -> list[Notice]:
    """Return the notices of an activity to or from one peer: all its revisions."""
    first, before = tables.under(notice.owner, notice.activity)
    rows = list(work.draft.scan(tables.NOTICE_OF, first=first, before=before))
    found = (queries.notice(work.draft, message.decode()) for _key, message in rows)
    return [one for one in found if one is not None and one.peer == notice.peer]


def _close(work: Work, notice: Notice) -> None:
    """Stop waiting for a notice that is no more, and end the alarms about it."""
    work.draft.delete(tables.WAITING, notice.message)
    for kind in ("unacknowledged", *MENDED):
        work.clear_alarm(kind, notice.message, "the notice was recalled")


def recalled(work: Work, body: Recall, sender: str) -> None:
    """Delete what a peer recalls, all revisions of it, and say so."""
    notice = work.notice(body.notice)
    if notice.way is not Way.IN or notice.peer != sender:
        raise NotFoundError("no notice of the sender has that hash.")
    name = tables.key(sender, notice.activity)
    _delete_activity(work, sender, notice.activity, name)
    for one in _notices_of(work, notice):
        work.log.blank(one.index)
        _blank_read_back(work, one)
        _close(work, one)
        work.change_notice(one, _emptied)
    send(work, sender, RecallDone(notice=body.notice, at_s=work.now_s))
    work.raise_alarm(
        "recalled by its sender",
        body.notice,
        f"{sender} recalled a notice; its content is deleted here. What it was about may go on.",
    )


def _delete_activity(work: Work, sender: str, activity_id: str, name: str) -> None:
    """Delete an activity, its revisions, the conflicts that show where it was, its alarms."""
    for other, activity in together.drawn_in(work.draft, {(sender, activity_id): None}).items():
        work.search.setdefault(other, activity)  # what is left may still be too much together
    work.search[sender, activity_id] = None  # also where it was declared in the same commit
    work.draft.delete(tables.ACTIVITY, name)
    naming.forget(work, sender, activity_id)
    work.tell(tables.ACTIVITY, name)
    first, before = tables.under(sender, activity_id)
    for key, _record in list(work.draft.scan(tables.REVISION, first=first, before=before)):
        work.draft.delete(tables.REVISION, key)
    for key, record in list(work.draft.scan(tables.CONFLICT)):
        met = msgspec.json.decode(record, type=Met)
        if (sender, activity_id) not in together.parties_to(met):
            continue
        work.draft.delete(tables.CONFLICT, key)
        work.tell(tables.CONFLICT, key)
        for party_to in together.parties_to(met):
            work.draft.delete(tables.CONFLICT_OF, tables.key(*party_to, met.id))
    promises.forget(work, sender, activity_id)
    for kind in ("stale", "not judged"):
        work.clear_alarm(kind, name, "it was recalled")


def _blank_read_back(work: Work, notice: Notice) -> None:
    """Delete from the log the places of a notice that this node repeated to its sender."""
    for index in range(notice.index + 1, min(notice.index + 1 + NEXT_ENTRIES, work.log.size)):
        entry = work.log.entry(index)
        if entry is not None and _is_read_back(entry, notice.message):
            work.log.blank(index)


def _is_read_back(entry: bytes, message: str) -> bool:
    """Return whether an entry of our own log is the read-back of a message."""
    if peek(entry).kind is not Kind.MESSAGE:
        return False
    payload = msgspec.json.decode(entry, type=_Sealed).payload
    body = decode_body(decode_message(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))
    return isinstance(body, ReadBack) and body.notice == message


def _emptied(notice: Notice) -> Notice:
    """Return a notice without anything of what it said."""
    return structs.replace(
        notice, recalled="deleted", moved="", differences=(), lead=None, overdue=()
    )


def recall_done(work: Work, body: RecallDone, sender: str) -> None:
    """Note that the peer deleted what we recalled."""
    notice = work.notice(body.notice)
    if notice.way is not Way.OUT or notice.peer != sender or not notice.recalled:
        raise NotFoundError("nothing of that hash was recalled.")
    for one in _notices_of(work, notice):
        work.change_notice(one, lambda n: structs.replace(n, recalled="deleted"))
    work.clear_alarm("recall", notice.message, f"{sender} deleted it")
