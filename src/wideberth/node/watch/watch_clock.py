"""The clocks of the watch: nobody is there, or somebody has been there too long (R30)."""

from typing import Final

from wideberth.node import deadlines
from wideberth.node.watch import on_watch
from wideberth.node.watch.watch_records import OnWatch
from wideberth.node.work import Work

NOBODY: Final = "nobody on watch"
TOO_LONG: Final = "watch too long"


def look(work: Work) -> int:
    """Raise and end the alarms of the watch as they should be now; return how many last."""
    count = 0
    held = {one.role: one for one in on_watch.watches(work.draft)}
    planned = [p for p in on_watch.roster(work.draft, work.now_s) if p.from_s <= work.now_s]
    for role in sorted({*held, *(p.role for p in planned)}):
        starts = [p.from_s for p in planned if p.role == role]
        count += _look_at(work, role, held.get(role), min(starts, default=work.now_s))
    return count


def _look_at(work: Work, role: str, held: OnWatch | None, planned_s: float) -> int:
    rules = work.agreement.council.watch
    clause = f" ({rules.clause})" if rules.clause else ""
    if held is None or not held.user:
        since_s = planned_s if held is None else held.since_s
        roles = (role, *deadlines.alerted(work.agreement.notice, work.now_s - since_s))
        text = f"nobody has the watch of our {role}{clause}. Callers see it."
        work.clear_alarm(TOO_LONG, role, "nobody has the watch")
        work.raise_alarm(NOBODY, role, text, tuple(dict.fromkeys(roles)))
        return 1
    work.clear_alarm(NOBODY, role, "somebody has the watch")
    over_s = work.now_s - held.since_s - rules.longest_s
    if over_s < 0.0:
        work.clear_alarm(TOO_LONG, role, "the watch has changed hands")
        return 0
    roles = (role, *deadlines.alerted(work.agreement.notice, over_s))
    hours = f"{rules.longest_s / 3600.0:g} h"
    text = f"the watch of our {role} is not handed over after {hours}{clause}."
    work.raise_alarm(TOO_LONG, role, text, tuple(dict.fromkeys(roles)))
    return 1
