"""The tables of a node's store, and how keys are written.

Keys are parts joined by "/", each percent-encoded, so that no name can reach into another's range;
numbers are padded, so that the order of keys is theirs.
"""

from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

META: Final = "meta"  # what there is one of: "log", "settings", "agreement", "event"
ENTRY: Final = "entry"  # the log: number -> exact bytes of the envelope
HASH: Final = "hash"  # the log's tree: level/number -> hash of a complete subtree
ACTIVITY: Final = "activity"  # party/id -> Held
REVISION: Final = "revision"  # party/id/revision -> Held
SALT: Final = "salt"  # id/revision of a private activity -> salt of its commitment
ENDS: Final = "ends"  # whole second/party/id -> key of an activity that ends then
PRESENT: Final = "present"  # arena/party/id -> nothing: who is in force in an arena
CONFLICT: Final = "conflict"  # id -> Met
CONFLICT_OF: Final = "conflict_of"  # party/id/conflict -> nothing: conflicts that last
NOTICE: Final = "notice"  # hash of the message -> Notice
NOTICE_OF: Final = "notice_of"  # party/id/revision/peer -> hash of the message
NOTICE_IN_ORDER: Final = "notice_in_order"  # index in the log -> hash of the message
TOLD: Final = "told"  # peer/id -> what it was last told of an own activity
WAITING: Final = "waiting"  # hash of a message -> nothing: notices not yet effective or overdue
DUE: Final = "due"  # whole second/hash of a message: when the notice is looked at next
OUTBOX: Final = "outbox"  # peer/sequence -> envelope without a receipt
RECEIPT: Final = "receipt"  # peer/sequence -> index in the log of its receipt for our message
SENT: Final = "sent"  # peer/sequence -> hash and index of a message of ours
TAKEN: Final = "taken"  # peer/sequence -> hash and index of theirs, index of our receipt
PEER: Final = "peer"  # party -> Peer
EVIDENCE: Final = "evidence"  # peer/sequence -> index of the entry that holds both envelopes
CASE: Final = "case"  # opener/id -> InterferenceCase
CASE_OPEN: Final = "case_open"  # opener/id -> CaseMark: cases that are not closed
CASE_DUE: Final = "case_due"  # whole second/opener/id: when its answer clock is looked at next
CASE_SAID: Final = "case_said"  # hash of a message of ours -> the step of a case that it told
MATTER: Final = "matter"  # kind/opener/id -> Matter (council/matter.py)
MATTER_OPEN: Final = "matter_open"  # kind/opener/id -> OpenMark: matters that are not closed
MATTER_DUE: Final = "matter_due"  # whole second/kind/opener/id: when it is looked at next
MATTER_SAID: Final = "matter_said"  # hash of a message of ours -> the step that it told
MATTER_EARLY: Final = "matter_early"  # party/index -> a step whose opening has not come yet
WATCH: Final = "watch"  # role -> OnWatch (node/watch/watch_records.py)
WATCH_PLAN: Final = "watch_plan"  # role/whole second -> Planned: the roster
WATCH_LOG: Final = "watch_log"  # number -> WatchEntry
CONSENT_OF: Final = "consent_of"  # party/activity/area -> id of the consent that was asked for it
CAVEAT_OF: Final = "caveat_of"  # party/activity/id -> nothing: our caveats about an activity
PROMISE: Final = "promise"  # party/id -> Promise: assurances that have not lapsed
BROKEN: Final = "broken"  # party/assurance/activity -> Broken
BROKEN_ON: Final = "broken_on"  # party/assurance/activity -> nothing: those that last
BROKEN_OF: Final = "broken_of"  # party/activity/assurance -> nothing: those that last
FROZEN: Final = "frozen"  # opener/id/number -> Excerpt: evidence of an incident, for good
SEEN_AS: Final = "seen_as"  # skeleton/party/id -> nothing: activities by what their id is seen as
ALARM: Final = "alarm"  # id -> Alarm
ALARM_ON: Final = "alarm_on"  # kind/subject -> id: alarms that last
EVENT: Final = "event"  # number -> Event
AGREEMENT: Final = "agreement"  # of events alone: another one was taken up; digest -> nothing
USER: Final = "user"  # name -> user (node/people.py)
SESSION: Final = "session"  # hash of the secret -> session
TOKEN: Final = "token"  # noqa: S105 - the name of a table
AUDIT: Final = "audit"  # number -> who was refused what


@lru_cache(maxsize=65_536)
def _quoted(part: str) -> str:
    return quote(part, safe="")


def key(*parts: str | int) -> str:
    """Return the key of the parts."""
    return "/".join(f"{p:012d}" if isinstance(p, int) else _quoted(p) for p in parts)


def parts(key_text: str) -> tuple[str, ...]:
    """Return the parts of a key, numbers as text."""
    return tuple(unquote(part) for part in key_text.split("/"))


def under(*parts: str | int) -> tuple[str, str]:
    """Return from where to before where the keys lie that begin with the parts."""
    head = key(*parts)
    return f"{head}/", f"{head}0"  # "0" comes right after "/"
