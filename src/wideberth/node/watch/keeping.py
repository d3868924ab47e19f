"""The watch changes hands (R30): nothing that is open is dropped between two officers.

Whoever takes the watch accepts every open item by name; until then the one before has it. These
are this party's own records: a peer learns only which role rings, holds a call, or is unmanned.
"""

import msgspec
from msgspec import structs

from wideberth.model.watch import AcceptWatch, LeaveWatch, OfferWatch, PlanWatch, TakeWatch
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.refusals import NotAllowedError
from wideberth.node.watch import on_watch, watch_clock
from wideberth.node.watch.open_items import open_items
from wideberth.node.watch.watch_records import Change, OnWatch, Planned, WatchEntry
from wideberth.node.work import Work

LONGEST_NAME = 200
_LOG = "watch_log"


def take(work: Work, command: TakeWatch) -> Answer:
    """Take the watch of a role that nobody has; or take it over from somebody, with a reason."""
    _check_names(command.role, command.user)
    held = on_watch.watch_of(work.draft, command.role)
    is_held = held is not None and held.user not in ("", command.user)
    if is_held and not command.reason.strip():
        raise NotAllowedError(
            f"somebody has the watch of {command.role}.",
            remedy="Have it offered and accept it; or give the reason for taking it over.",
        )
    if held is not None and held.user == command.user:
        raise NotAllowedError(f"{command.user} has the watch of {command.role} already.")
    change = Change.TAKEN_OVER if is_held else Change.TAKEN
    return _begin(work, command, change, reason=command.reason)


def offer(work: Work, command: OfferWatch) -> Answer:
    """Offer the watch of a role to another user; whoever has it goes on having it."""
    _check_names(command.role, command.to_user)
    held = _held(work, command.role)
    if held.user == command.to_user:
        raise NotAllowedError(f"{command.to_user} has the watch of {command.role} already.")
    offered = structs.replace(held, offered_to=command.to_user, offered_s=work.now_s)
    work.save(tables.WATCH, tables.key(command.role), offered)
    _log(work, Change.OFFERED, command.role, command.to_user, by=command.by)
    return Answer(count=1)


def accept(work: Work, command: AcceptWatch) -> Answer:
    """Take the watch that was offered, with every open item."""
    held = _held(work, command.role)
    if held.offered_to != command.user:
        raise NotAllowedError(
            f"the watch of {command.role} was not offered to {command.user}.",
            remedy="Who has it offers it: `wideberth watch offer`.",
        )
    return _begin(work, command, Change.ACCEPTED)


def leave(work: Work, command: LeaveWatch) -> Answer:
    """Note that nobody has the watch of a role; it is an alarm, and callers see it."""
    if not command.reason.strip():
        raise NotAllowedError("leaving the watch without a reason.", remedy="Say why.")
    held = _held(work, command.role)
    gone = OnWatch(role=command.role, user="", since_s=work.now_s)
    work.save(tables.WATCH, tables.key(command.role), gone)
    _log(work, Change.LEFT, command.role, held.user, by=command.by, reason=command.reason)
    watch_clock.look(work)
    return Answer(count=1)


def plan(work: Work, command: PlanWatch) -> Answer:
    """Write a line of the roster, or with no user take it out."""
    if not command.role.strip() or not command.from_s < command.until_s:
        raise NotAllowedError("a watch without a role, or that ends before it begins.")
    key = tables.key(command.role, int(command.from_s))
    if not command.user:
        work.draft.delete(tables.WATCH_PLAN, key)
        work.tell(tables.WATCH_PLAN, key)
        return Answer(count=1)
    _check_names(command.role, command.user)
    for one in on_watch.roster(work.draft):
        meets = one.from_s < command.until_s and command.from_s < one.until_s
        if one.role == command.role and meets and one.from_s != command.from_s:
            raise NotAllowedError(
                "two are planned for one watch at a time.", remedy="Take the other out first."
            )
    line = Planned(
        role=command.role, user=command.user, from_s=command.from_s, until_s=command.until_s
    )
    work.save(tables.WATCH_PLAN, key, line)
    return Answer(count=1)


def _begin(
    work: Work, command: TakeWatch | AcceptWatch, change: Change, *, reason: str = ""
) -> Answer:
    """Give the watch to a user who has accepted all that is open; else say what is not."""
    items = {item.name: item.what for item in open_items(work.draft, work.agreement)}
    missing = [name for name in items if name not in command.seen]
    if missing:
        raise NotAllowedError(
            f"{len(missing)} open items are not accepted: {', '.join(missing[:10])}"
            f"{' ...' if len(missing) > 10 else ''}.",
            remedy="Look at each and accept it: `wideberth watch status`.",
        )
    mine = OnWatch(role=command.role, user=command.user, since_s=work.now_s)
    work.save(tables.WATCH, tables.key(command.role), mine)
    accepted = tuple(items)
    _log(work, change, command.role, command.user, by=command.by, items=accepted, reason=reason)
    watch_clock.look(work)
    return Answer(count=len(accepted))


def _held(work: Work, role: str) -> OnWatch:
    held = on_watch.watch_of(work.draft, role)
    if held is None or not held.user:
        raise NotAllowedError(
            f"nobody has the watch of {role}.", remedy="Take it: `wideberth watch take`."
        )
    return held


def _check_names(role: str, user: str) -> None:
    for name in (role, user):
        if not name.strip() or len(name) > LONGEST_NAME:
            raise NotAllowedError("a role or a user without a name, or with too long a one.")


def _log(  # noqa: PLR0913 - a line of the log has these columns
    work: Work,
    change: Change,
    role: str,
    user: str,
    *,
    by: str,
    items: tuple[str, ...] = (),
    reason: str = "",
) -> None:
    number = int(work.draft.get(tables.META, _LOG) or b"0") + 1
    work.draft.put(tables.META, _LOG, str(number).encode())
    line = WatchEntry(
        at_s=work.now_s, role=role, user=user, change=change, by=by, items=items, reason=reason
    )
    work.draft.put(tables.WATCH_LOG, tables.key(number), msgspec.json.encode(line))
