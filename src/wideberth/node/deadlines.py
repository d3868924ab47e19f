"""When a notice on its way is next to be looked at, and what is overdue then (R5, R7).

Looking at every waiting notice on every tick would cost the more, the more there are. So each has
one place in a queue by time: its next deadline, or the next step of the escalation.
"""

import math
from dataclasses import dataclass

from wideberth.model.notice import Deadline, NoticeRules, Rung, reaches
from wideberth.node import queries, tables
from wideberth.node.ports import Reader, Transaction
from wideberth.node.records import Notice, Way


@dataclass(frozen=True, slots=True)
class Overdue:
    """The deadlines of a notice that passed, and the roles to be alerted."""

    passed: tuple[Deadline, ...]
    roles: tuple[str, ...]


def begun_s(notice: Notice) -> float:
    """Return from when a notice's deadlines count, by this node's clock.

    A peer's notice counts from when it was sent; but a peer whose clock is ahead cannot put its
    deadlines off: they count from its arrival at the latest. Nor does an amendment put them off
    that takes the place of what nobody has read.
    """
    own_s = notice.sent_s
    if notice.way is Way.IN and notice.delivered_s is not None:
        own_s = min(notice.sent_s, notice.delivered_s)
    return own_s if notice.unread_since_s is None else min(own_s, notice.unread_since_s)


def unread_since_s(reader: Reader, notice: Notice) -> float | None:
    """Return since when the revision before this waits to be read; None: it does not."""
    first, before = tables.under(notice.owner, notice.activity)
    for key, message in reader.scan(tables.NOTICE_OF, first=first, before=before, newest=True):
        _party, _name, revision, peer = tables.parts(key)
        last = queries.notice(reader, message.decode())
        if last is None or peer != notice.peer or int(revision) >= notice.revision:
            continue
        return begun_s(last) if last.read_s is None and not last.recalled else None
    return None


def overdue(notice: Notice, rules: NoticeRules, now_s: float) -> Overdue | None:
    """Return what is overdue of a notice now; None: nothing."""
    waited_s = now_s - begun_s(notice)
    late = [d for d in rules.deadlines if not reaches(notice.rung, d.rung)]
    passed = tuple(d for d in late if waited_s > d.within_s)
    if not passed:
        return None
    first_s = min(d.within_s for d in passed)
    return Overdue(passed, alerted(rules, waited_s - first_s))


def alerted(rules: NoticeRules, waited_s: float) -> tuple[str, ...]:
    """Return the roles that are alerted after so long a wait."""
    return tuple(s.role for s in rules.escalation if waited_s >= s.after_s)


def words(notice: Notice, rules: NoticeRules) -> str:
    """Return what the alarm says of an overdue notice, as it stands now; "": nothing is overdue."""
    missed = [d for d in rules.deadlines if d.rung in notice.overdue]
    if not missed:
        return ""
    first = min(missed, key=lambda d: d.within_s)
    who = notice.peer if notice.way is Way.OUT else "this side"
    return (
        f"a notice to {who} {_where(notice)}; {first.rung!s} was due within {first.within_s:.0f} s"
        f" ({first.clause})."
    )


def _where(notice: Notice) -> str:
    if notice.rung is Rung.SENT:
        return "has not reached its node: line fault"
    if not notice.accepted:
        return "was not accepted there"
    return f"is {notice.rung!s} and no further: no answer"


def queue(draft: Transaction, notice: Notice, rules: NoticeRules, now_s: float) -> None:
    """Put a notice where a tick will find it when something more of it can become overdue."""
    due_s = _next_s(notice, rules, now_s)
    if due_s is not None:
        second = max(0, math.floor(due_s) + (1 if due_s > now_s else 0))
        draft.put(tables.DUE, tables.key(second, notice.message), b"")


def take_due(draft: Transaction, now_s: float, most: int) -> list[str]:
    """Take the notices whose time has come out of the queue, the longest waiting first."""
    before = tables.key(max(0, math.floor(now_s)) + 1)
    keys = [key for key, _nothing in draft.scan(tables.DUE, before=before, limit=most)]
    for key in keys:
        draft.delete(tables.DUE, key)
    return [tables.parts(key)[-1] for key in keys]


def _next_s(notice: Notice, rules: NoticeRules, now_s: float) -> float | None:
    """Return the next time at which more is overdue, or more roles are to be alerted."""
    found = overdue(notice, rules, now_s)
    if found is not None and {d.rung for d in found.passed} - set(notice.overdue):
        return now_s  # it came late, or it fell back to a rung that was due
    from_s = begun_s(notice)
    late = [d for d in rules.deadlines if not reaches(notice.rung, d.rung)]
    times = [from_s + d.within_s for d in late]
    times += [from_s + d.within_s + step.after_s for d in late for step in rules.escalation]
    return min((at_s for at_s in times if at_s >= now_s), default=None)
