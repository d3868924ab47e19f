"""The watch of our own node: who has it, what is open, the hand-over (R30).

Whoever takes or accepts a watch does it as the user that is signed in.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from wideberth.model.watch import AcceptWatch, LeaveWatch, OfferWatch, PlanWatch, TakeWatch
from wideberth.node import queries
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.watch import on_watch
from wideberth.node.watch.open_items import alarm_name, open_items
from wideberth.node.watch.watch_records import OnWatch, OpenItem, Planned, WatchEntry
from wideberth.peering.strict import Instant
from wideberth.peering.wire import Name, Text
from wideberth.web.api_forms import Form, Reason
from wideberth.web.api_route import Asked, v1, v1_command
from wideberth.web.api_shown import is_private_alarm

Items = Annotated[tuple[Annotated[str, Meta(max_length=1000)], ...], Meta(max_length=5000)]


class WatchShown(Struct, frozen=True, kw_only=True):
    """watches: by role; a user's name is for this party alone. open: what is accepted by name.

    roster: what is planned from now on; log: the newest changes first.
    """

    watches: tuple[OnWatch, ...]
    open: tuple[OpenItem, ...]
    roster: tuple[Planned, ...]
    log: tuple[WatchEntry, ...]


class TakeForm(Form, frozen=True):
    """seen: names of all open items. reason: why without a hand-over, if somebody has the watch."""

    role: Name
    seen: Items = ()
    reason: Text = ""


class OfferForm(Form, frozen=True):
    """to_user: who is to accept it."""

    role: Name
    to_user: Name


class AcceptForm(Form, frozen=True):
    """seen: names of all open items, each of which was looked at."""

    role: Name
    seen: Items = ()


class LeaveForm(Form, frozen=True):
    """reason: why nobody is there."""

    role: Name
    reason: Reason


class PlanForm(Form, frozen=True):
    """user: who; empty: the line that begins then is taken out."""

    role: Name
    from_s: Instant
    until_s: Instant
    user: Text = ""


async def shown(asked: Asked) -> WatchShown:
    """Return the watch."""
    desk, now_s = asked.desk, asked.desk.clock.now_s()

    return WatchShown(
        watches=tuple(await desk.read(on_watch.watches)),
        open=tuple(await desk.read(lambda reader: _open(reader, asked))),
        roster=tuple(await desk.read(lambda reader: on_watch.roster(reader, now_s))),
        log=tuple(await desk.read(on_watch.entries)),
    )


def _open(reader: Reader, asked: Asked) -> list[OpenItem]:
    """Return what is open, without alarms about private activities for who may not see these."""
    items = open_items(reader, asked.desk.agreement)
    if asked.sees_private:
        return items
    alarms = queries.alarms(reader)
    hidden = {alarm_name(one) for one in alarms if is_private_alarm(reader, one)}
    return [item for item in items if item.name not in hidden]


async def take(asked: Asked) -> Answer:
    """Take a watch."""
    form, who = asked.body, asked.identity
    return await asked.desk.do(TakeWatch(form.role, who.name, who.by, form.seen, form.reason))


async def offer(asked: Asked) -> Answer:
    """Offer a watch."""
    form = asked.body
    return await asked.desk.do(OfferWatch(form.role, form.to_user, asked.identity.by))


async def accept(asked: Asked) -> Answer:
    """Accept a watch that was offered."""
    form, who = asked.body, asked.identity
    return await asked.desk.do(AcceptWatch(form.role, who.name, who.by, form.seen))


async def leave(asked: Asked) -> Answer:
    """Leave a watch."""
    return await asked.desk.do(LeaveWatch(asked.body.role, asked.identity.by, asked.body.reason))


async def plan(asked: Asked) -> Answer:
    """Write a line of the roster."""
    form, by = asked.body, asked.identity.by
    return await asked.desk.do(PlanWatch(form.role, form.user, form.from_s, form.until_s, by))


_RIGHT: Final = Permission.ACKNOWLEDGE
ROUTES: Final = (
    v1("GET", "/watch", Permission.HOTLINE, "The watch", handle=shown, gives=WatchShown),
    v1_command("/watch/take", _RIGHT, "Take the watch of a role", take, TakeForm),
    v1_command("/watch/offer", _RIGHT, "Offer the watch of a role", offer, OfferForm),
    v1_command("/watch/accept", _RIGHT, "Accept the watch that was offered", accept, AcceptForm),
    v1_command("/watch/leave", _RIGHT, "Leave the watch with nobody there", leave, LeaveForm),
    v1_command("/watch/plan", _RIGHT, "Write a line of the roster", plan, PlanForm),
)
