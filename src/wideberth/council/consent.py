"""Consent to enter a caution area: given when every other party gives it on both levels (R25).

states: asked; half (one level, or not all parties); given; refused; ended.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct, field, structs

from wideberth.council.clocks import at, joined, next_role_s, roles_at, undelivered
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError, refuse_other
from wideberth.council.stand import Alert, Due, Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.consent import (
    ConsentAsked,
    ConsentChanged,
    ConsentEnded,
    ConsentGiven,
    ConsentRefused,
)
from wideberth.peering.council.said import Said

DECIDING: Final = "decision level"  # where the agreement names no role
NO_CONSENT: Final = "no consent"
REFUSED: Final = "consent refused"


class Level(StrEnum):
    """On which level a role speaks."""

    DUTY = "duty level"
    DECISION = "decision level"


class Give(Struct, frozen=True, kw_only=True):
    """Consent of a party on one level, and in which role. turn: of the step that says so."""

    party: str
    turn: int
    level: Level
    role: str


class ConsentStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """Where a consent stands; due_s: from when on the activity may not be without it.

    refused: reasons by party.
    """

    activity: str
    area: str
    clause: str
    channel: str
    digest: str
    due_s: float
    begins_s: float | None = None
    activated: bool = False
    given: tuple[Give, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)


def level_of(role: str, agreement: Agreement) -> Level:
    """Return on which level a role speaks."""
    steps = agreement.notice.escalation
    deciding = steps[-1].role if steps else DECIDING
    return Level.DECISION if _plain(role) == _plain(deciding) else Level.DUTY


def stand(matter: Matter, agreement: Agreement) -> ConsentStand:
    """Return where a consent stands."""
    now = _opened(matter)
    idle: list[Idle] = []
    for step in matter.steps[1:]:
        after = _after(now, step, matter, agreement)
        if isinstance(after, str):
            idle.append(Idle(turn=step.said.turn, party=step.party, why=after))
        else:
            now = after
    is_open = now.state != "ended"
    lacking = _lacking(now, matter) if is_open else ()
    dues = tuple(
        Due(what="consent", party=party, at_s=now.due_s, clause=now.clause) for party in lacking
    )
    return structs.replace(now, is_open=is_open, idle=tuple(idle), dues=dues)


def _opened(matter: Matter) -> ConsentStand:
    opening = matter.opening
    assert isinstance(opening, ConsentAsked), "a consent opens with what is asked"
    return ConsentStand(
        state="asked",
        title=f"{opening.activity} in {opening.title or opening.area}",
        activity=opening.activity,
        area=opening.area,
        clause=opening.clause,
        channel=opening.channel,
        digest=opening.digest,
        begins_s=opening.begins_s,
        activated=opening.activated,
        due_s=_due_s(opening),
    )


def _due_s(said: ConsentAsked | ConsentChanged) -> float:
    """Return from when on consent must be there; at once for what has begun."""
    if said.activated or said.begins_s is None:
        return said.at_s
    return max(said.at_s, said.begins_s)


def _after(
    now: ConsentStand, step: Step, matter: Matter, agreement: Agreement
) -> ConsentStand | str:
    """Return where it stands after a step; or why the step changes nothing."""
    said = step.said
    match said:
        case ConsentEnded():
            return structs.replace(now, state="ended")
        case ConsentChanged():
            return _settled(_changed(now, said), matter)
    if now.state == "ended":
        return "nothing is asked any more"
    match said:
        case ConsentGiven() | ConsentRefused() if said.digest != now.digest:
            return "it was said of another shape or time than is asked for now"
        case ConsentGiven():
            return _given(now, step, matter, level_of(said.role, agreement))
        case ConsentRefused():
            given = tuple(one for one in now.given if one.party != step.party)
            refused = {**now.refused, step.party: said.reason}
            return structs.replace(now, state="refused", given=given, refused=refused)
    return "it says nothing of a consent"


def _changed(now: ConsentStand, said: ConsentChanged) -> ConsentStand:
    is_same = said.digest == now.digest and now.state != "ended"
    due_s = min(now.due_s, _due_s(said)) if is_same else _due_s(said)
    return structs.replace(
        now,
        digest=said.digest,
        begins_s=said.begins_s,
        activated=said.activated,
        due_s=due_s,
        given=now.given if is_same else (),
        refused=now.refused if is_same else {},
    )


def _given(now: ConsentStand, step: Step, matter: Matter, level: Level) -> ConsentStand | str:
    role = step.said.role
    own = [one for one in now.given if one.party == step.party]
    if any(one.level is level for one in own):
        return f"its {level} has consented already"
    give = Give(party=step.party, turn=step.said.turn, level=level, role=role)
    refused = {party: why for party, why in now.refused.items() if party != step.party}
    return _settled(structs.replace(now, given=(*now.given, give), refused=refused), matter)


def _settled(now: ConsentStand, matter: Matter) -> ConsentStand:
    if now.refused:
        return structs.replace(now, state="refused")
    if not _lacking(now, matter):
        return structs.replace(now, state="given")
    return structs.replace(now, state="half" if now.given else "asked")


def _lacking(now: ConsentStand, matter: Matter) -> tuple[str, ...]:
    """Return the parties whose consent is not there on both levels."""
    have = {(one.party, one.level) for one in now.given}
    return tuple(
        party
        for party in matter.others(matter.opener)
        if any((party, level) not in have for level in Level)
    )


def may(matter: Matter | None, said: Said, party: str, _agreement: Agreement) -> None:
    """Refuse the declarer's consent to its own activity, and a change by anybody else."""
    if isinstance(said, ConsentAsked | ConsentChanged) and not said.digest:
        raise NotFittingError("consent is asked for no shape.")
    if matter is None:
        return
    if isinstance(said, ConsentChanged | ConsentEnded):
        refuse_other(party, matter.opener, "change or end what it asks")
    elif party == matter.opener:
        raise NotFittingError("nobody consents to an activity of its own.")


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing."""
    step = Step(party=party, said=said, known_s=said.at_s)  # type: ignore[arg-type]
    after = _after(stand(matter, agreement), step, matter, agreement)
    if isinstance(after, str):
        raise NotFittingError(f"{after}.", remedy="Look at it first.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: nobody has consented when it begins; and, at the declarer's, a refusal."""
    now = stand(matter, seen.agreement)
    if not now.is_open or not now.dues:
        return Watch()
    steps, clause = seen.agreement.notice.escalation, f" ({now.clause})" if now.clause else ""
    alerts: list[Alert] = []
    if now.refused and seen.party == matter.opener:
        text = f"{matter.ref}: {', '.join(sorted(now.refused))} refused to consent{clause}."
        whose = ", ".join(sorted(now.refused))
        about = f"{now.digest[:8]} {whose}"
        alerts.append(Alert(REFUSED, text, dismissible=True, about=about))
    due = now.dues[0]
    if seen.now_s < due.at_s:
        return Watch(tuple(alerts), due.at_s)
    text = f"{matter.ref}: since {at(due.at_s)} an activity is in a caution area{clause}, and "
    text += "; ".join(_why(matter, now, one.party, seen) for one in now.dues)
    alerts.append(Alert(NO_CONSENT, f"{text}.", roles_at(steps, due, seen)))
    return joined(Watch(tuple(alerts), next_role_s(steps, due, seen)))


def _why(matter: Matter, now: ConsentStand, party: str, seen: Seen) -> str:
    if party in now.refused:
        return f"{party} has refused to consent"
    waiting = party != seen.party and bool(undelivered(matter, seen.party, party))
    how = ": our question has not reached its node, line fault" if waiting else ""
    return f"{party} has not consented on both levels{how}"


def _plain(role: str) -> str:
    return " ".join(role.casefold().split())


KIND = Kind(
    name="consent",
    prefix="SC",
    opening=ConsentAsked,
    steps={
        "change": ConsentChanged,
        "give": ConsentGiven,
        "refuse": ConsentRefused,
        "end": ConsentEnded,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
