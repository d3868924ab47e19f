"""Recall (R22): a notice went to somebody it was not for; its content is deleted, its hash stays.

The receiver takes the activity out of force, deletes the content from its records and its log (the
leaf hash stays, so that the log still verifies), and says that it did.
"""

from msgspec import structs

from wideberth.model.command import RecallNotice
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.outgoing import send
from wideberth.node.records import Way
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.work import Work
from wideberth.peering.messages import Recall, RecallDone


def recall(work: Work, command: RecallNotice) -> Answer:
    """Ask the receiver of a notice to delete its content."""
    notice = work.notice(command.notice)
    if notice.way is not Way.OUT:
        raise NotAllowedError("only its sender can recall a notice.")
    if notice.recalled:
        return Answer(notices=(notice,))
    if not command.reason.strip():
        raise NotAllowedError("a recall without a reason.", remedy="Say why.")
    send(work, notice.peer, Recall(notice=notice.message, reason=command.reason))
    changed = work.change_notice(notice, lambda n: structs.replace(n, recalled="asked"))
    work.draft.delete(tables.TOLD, tables.key(notice.peer, notice.activity))
    work.draft.delete(tables.WAITING, notice.message)
    work.raise_alarm(
        "recall", notice.message, f"{notice.peer} was asked to delete a notice and has not yet."
    )
    return Answer(notices=(changed,))


def recalled(work: Work, body: Recall, sender: str) -> None:
    """Delete what a peer recalls, all revisions of it, and say so."""
    notice = work.notice(body.notice)
    if notice.way is not Way.IN or notice.peer != sender:
        raise NotFoundError("no notice of the sender has that hash.")
    name = tables.key(sender, notice.activity)
    work.draft.delete(tables.ACTIVITY, name)
    work.tell(tables.ACTIVITY, name)
    work.search[sender, notice.activity] = None
    first, before = tables.under(sender, notice.activity)
    for key, _record in list(work.draft.scan(tables.REVISION, first=first, before=before)):
        work.draft.delete(tables.REVISION, key)
    for _key, message in list(work.draft.scan(tables.NOTICE_OF, first=first, before=before)):
        one = work.notice(message.decode())
        work.log.blank(one.index)
        work.draft.delete(tables.WAITING, one.message)
        work.change_notice(one, lambda n: structs.replace(n, recalled="deleted", moved=""))
    send(work, sender, RecallDone(notice=body.notice, at_s=work.now_s))


def recall_done(work: Work, body: RecallDone, sender: str) -> None:
    """Note that the peer deleted what we recalled."""
    notice = work.notice(body.notice)
    if notice.way is not Way.OUT or notice.peer != sender or not notice.recalled:
        raise NotFoundError("nothing of that hash was recalled.")
    work.change_notice(notice, lambda n: structs.replace(n, recalled="deleted"))
    work.clear_alarm("recall", notice.message, f"{sender} deleted it")
