"""Telling a peer all that it has missed: a new one, or one with which the exchange was suspended.

A stretch at a time, the first at once and the others tick by tick, so that the desk stays free
however much there is. Until the end is reached an alarm says that not all was told.
"""

import msgspec

from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure
from wideberth.node import tables
from wideberth.node.records import Held, Notice, Peer
from wideberth.node.telling import OVER, is_suspended, tell, told_to
from wideberth.node.work import Work

MOST_AT_ONCE = 500
_ALARM = "not all told"


def tell_everything(work: Work, party: str) -> tuple[Notice, ...]:
    """Begin to tell a peer every own activity of which it has not heard the latest."""
    if is_suspended(work.peer(party)):
        return ()
    return _tell_from(work, party, "")


def tell_on(work: Work, peer: Peer) -> int:
    """Tell the next stretch where there is one; return how many notices that made."""
    cursor = work.draft.get(tables.META, _cursor(peer.party))
    if cursor is None or is_suspended(peer):
        return 0
    return len(_tell_from(work, peer.party, f"{cursor.decode()}\0"))


def _tell_from(work: Work, party: str, after: str) -> tuple[Notice, ...]:
    first, before = tables.under(work.party)
    rows = list(
        work.draft.scan(
            tables.ACTIVITY, first=max(first, after), before=before, limit=MOST_AT_ONCE + 1
        )
    )
    stretch = rows[:MOST_AT_ONCE]
    notices = [_tell_one(work, party, record) for _key, record in stretch]
    if len(rows) > len(stretch):
        work.draft.put(tables.META, _cursor(party), stretch[-1][0].encode())
        work.raise_alarm(_ALARM, party, f"{party} is being told what it has missed; not all yet.")
    else:
        work.draft.delete(tables.META, _cursor(party))
        work.clear_alarm(_ALARM, party, "all was told")
    return tuple(notice for notice in notices if notice is not None)


def _cursor(party: str) -> str:
    return tables.key("told up to", party)


def _tell_one(work: Work, party: str, record: bytes) -> Notice | None:
    """Tell a peer of one activity; one that cannot be told is an alarm, not the end of it all."""
    held = msgspec.json.decode(record, type=Held)
    if not _has_news(work, party, held):
        return None
    try:
        return work.attempt(lambda w: tell(w, w.peer(party), held))
    except WideberthError as error:
        name = held.activity.id
        text = f"{party} could not be told of an activity that is in force ({error.what})"
        work.raise_alarm("not told", tables.key(party, name), text)
        return None


def _has_news(work: Work, party: str, held: Held) -> bool:
    """Return whether a peer may have to hear of an activity: cheap, and never wrongly no."""
    if held.activity.disclose is Disclosure.PRIVATE:
        return False
    told = told_to(work.draft, party, held.activity.id)
    if told is None:
        return held.activity.state not in OVER
    return not told.recalled
