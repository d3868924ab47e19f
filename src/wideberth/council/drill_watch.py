"""What is in red about a drill, on each side, in words that follow the truth.

Two paths tell silence from a fault: the receipt of the node (the line), and the answer of a person.
Who was called sees the call until it is answered; a call without an answer is an alarm on both
sides; it ends with the answer, or when a later drill has come to its end.
"""

from typing import Final

from wideberth.council.clocks import at, next_role_s, roles_at
from wideberth.council.drill_stand import TITLES, DrillStand, stand
from wideberth.council.matter import Matter
from wideberth.council.stand import Alert, Due, Seen, Watch
from wideberth.peering.council.drill import DrillAnswered, DrillOpened, Exercise

UNANSWERED: Final = "DRILL unanswered"
CALLED: Final = "DRILL call"
PAUSED: Final = "DRILL paused"
NOT_CALLED: Final = "DRILL not called"


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return what is in red about a drill now, and when to look again."""
    found = stand(matter, seen.agreement)
    match found.what:
        case Exercise.PAUSE:
            return _paused(matter, found, seen)
        case Exercise.NOT_CALLED:
            return _not_called(matter, found, seen)
    if found.is_open:
        return _open(matter, found, seen)
    return _not_told(matter, found, seen)


def reached_s(matter: Matter, party: str) -> float | None:
    """Return when the call reached the other node, by its clock; None: it did not, as far as known.

    party: whose node knows the matter so.
    """
    opening = matter.steps[0]
    if party != matter.opener:
        return opening.known_s
    return next((one.received_s for one in opening.deliveries), None)


def _open(matter: Matter, found: DrillStand, seen: Seen) -> Watch:
    """Return the call that waits, and the alarm once it was due."""
    due = min(found.dues, key=lambda one: one.at_s)
    if seen.now_s >= due.at_s:
        return _overdue(matter, found, due, seen)
    if seen.party != found.callee:
        return Watch(again_s=due.at_s)
    clause = f" ({due.clause})" if due.clause else ""
    text = (
        f"{_name(matter, found)}: {matter.opener} calls; we owe the {due.what} by"
        f" {at(due.at_s)}{clause}."
    )
    first = seen.agreement.notice.escalation[:1]
    return Watch((Alert(CALLED, text, tuple(step.role for step in first)),), due.at_s)


def _overdue(matter: Matter, found: DrillStand, due: Due, seen: Seen) -> Watch:
    steps = seen.agreement.notice.escalation
    clause = f" ({due.clause})" if due.clause else ""
    text = (
        f"{_name(matter, found)}: {due.party} owes the {due.what}, due by {at(due.at_s)}{clause}:"
        f" {why(matter, due, seen)}."
    )
    alert = Alert(UNANSWERED, text, roles_at(steps, due, seen), dismissible=True)
    again_s = seen.now_s + seen.agreement.notice.heartbeat_s  # the line may have come or gone
    role_s = next_role_s(steps, due, seen)
    return Watch((alert,), again_s if role_s is None else min(again_s, role_s))


def why(matter: Matter, due: Due, seen: Seen) -> str:
    """Return in words why a drill has no answer: a fault of the line, or silence."""
    called = reached_s(matter, seen.party)
    if called is None:
        return "the call has not reached its node: line fault"
    late = f"the call reached its node only at {at(called)}, too late: line fault"
    if seen.party == due.party:
        return late if called > due.at_s else f"we had the call at {at(called)}: no answer by us"
    heard_s = seen.heard_s.get(due.party)
    if heard_s is None or seen.now_s - heard_s > seen.agreement.notice.link_down_after_s:
        since = "ever" if heard_s is None else f"since {at(heard_s)}"
        return (
            f"its node had the call at {at(called)}, and nothing has come from there {since}:"
            " line fault; whether anybody answered is not known"
        )
    if called > due.at_s:
        return late
    return f"its node had the call at {at(called)} and is on the line: no answer"


def _not_told(matter: Matter, found: DrillStand, seen: Seen) -> Watch:
    """Return the alarm of an answer of ours that the caller does not have when it is due."""
    answer = next((step for step in matter.steps if isinstance(step.said, DrillAnswered)), None)
    if seen.party != found.callee or found.due_s is None or answer is None or answer.is_delivered:
        return Watch()
    if seen.now_s < found.due_s:
        return Watch(again_s=found.due_s)
    text = (
        f"{_name(matter, found)}: we answered at {at(answer.said.at_s)}, and our answer has not"
        f" reached the node of {matter.opener}: line fault."
    )
    return Watch((Alert(UNANSWERED, text, dismissible=True),))


def _paused(matter: Matter, found: DrillStand, seen: Seen) -> Watch:
    opening = matter.opening
    assert isinstance(opening, DrillOpened)
    until_s = opening.until_s or 0.0
    if not found.is_open or seen.now_s >= until_s:
        return Watch()
    text = (
        f"{_name(matter, found)}: {matter.opener} has paused them until {at(until_s)}; silence"
        " meanwhile is no fault."
    )
    return Watch((Alert(PAUSED, text, dismissible=True),), until_s)


def _not_called(matter: Matter, found: DrillStand, seen: Seen) -> Watch:
    opening = matter.opening
    assert isinstance(opening, DrillOpened)
    if not found.is_open:
        return Watch()
    whose = "our node" if seen.party == matter.opener else f"the node of {matter.opener}"
    text = (
        f"{_name(matter, found)}: {len(opening.slots)} to {found.callee}, from"
        f" {at(opening.slots[0])} to {at(opening.slots[-1])}: {whose} did not run then."
    )
    return Watch((Alert(NOT_CALLED, text, dismissible=True),))


def _name(matter: Matter, found: DrillStand) -> str:
    return f"DRILL {matter.opener}/{matter.id}, {TITLES[found.what]}"
