"""How each step of a meeting changes what stands of it; a step that does not fit says why."""

from hashlib import sha256
from typing import Final

from msgspec import structs

from wideberth.council.matter import Matter, Step
from wideberth.council.meeting_stand import Dissent, Held, MeetingStand, Minutes, Point
from wideberth.council.stand import Idle
from wideberth.model.agreement import Agreement
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingCalled,
    MeetingCancelled,
    MeetingDelegation,
    MeetingHeld,
    MeetingPoint,
    MeetingPostponed,
    MeetingProposed,
    MinutesAgreed,
    MinutesProposed,
    When,
)

_ENDED: Final = ("closed", "cancelled")


class _Vain(Exception):  # noqa: N818  no error: the step stays, and changes nothing
    """Why a step changes nothing."""


def folded(matter: Matter, agreement: Agreement) -> MeetingStand:
    """Return what stands of a meeting, without what is owed."""
    opening = matter.opening
    assert isinstance(opening, MeetingCalled), "a meeting opens with a call"
    now = MeetingStand(
        state="called",
        title=opening.title,
        meeting_kind=opening.meeting_kind,
        called_s=opening.at_s,
        holds={p: Held() for p in matter.parties}
        | {matter.opener: Held(when=opening.when, place=opening.place, time_no=1, place_no=1)},
        heads={matter.opener: opening.head or agreement.council.lead(matter.opener).role},
        dateless_party=matter.opener,
    )
    now = _weighed(now, opening.at_s)
    for number, step in enumerate(matter.steps[1:], start=2):
        try:
            now = _weighed(_stepped(now, step, number), step.said.at_s)
        except _Vain as why:
            idle = Idle(turn=step.said.turn, party=step.party, why=str(why))
            now = structs.replace(now, idle=(*now.idle, idle))
    return now


def digest_of(text: str) -> str:
    """Return the SHA-256 of minutes, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stepped(now: MeetingStand, step: Step, number: int) -> MeetingStand:
    if now.state in _ENDED:
        raise _Vain(f"the meeting was {now.state} already")
    said, party = step.said, step.party
    match said:
        case MeetingProposed(when=when, place=place):
            _refuse_held(now)
            return _bumped(_holding(now, party, number, when=when, place=place))
        case MeetingAnswered():
            _refuse_held(now)
            return _answered(now, said, party, number)
        case MeetingDelegation(head=head, members=members):
            heads, roles = now.heads | {party: head}, now.members | {party: members}
            return structs.replace(now, heads=heads, members=roles)
        case MeetingPoint():
            _refuse_held(now)
            point = Point(
                party=party, turn=said.turn, title=said.title, ref=said.ref, clause=said.clause
            )
            return structs.replace(now, points=(*now.points, point))
        case MeetingHeld():
            return _held(now, said.at_s)
        case MinutesProposed() | MinutesAgreed():
            return _minuted(now, said, party)
        case MeetingPostponed():
            _refuse_held(now)
            return _postponed(now, party, number)
        case MeetingCancelled():
            _refuse_held(now)
            return _bumped(structs.replace(now, state="cancelled"))
    raise _Vain("the meeting is called already")


def _refuse_held(now: MeetingStand) -> None:
    if now.held_s is not None:
        raise _Vain("the meeting was held already")


def _bumped(now: MeetingStand) -> MeetingStand:
    return structs.replace(now, sequence=now.sequence + 1)


def _holding(
    now: MeetingStand, party: str, number: int, *, when: When | None, place: str
) -> MeetingStand:
    held = now.holds[party]
    if when is not None:
        held = structs.replace(held, when=when, time_no=number)
    if place:
        held = structs.replace(held, place=place, place_no=number)
    return structs.replace(now, holds=now.holds | {party: structs.replace(held, answer=None)})


def _answered(now: MeetingStand, said: MeetingAnswered, party: str, number: int) -> MeetingStand:
    if said.answer is Coming.ACCEPTED:
        now = _holding(now, party, number, when=said.when, place=said.place)
    held = structs.replace(now.holds[party], answer=said.answer)
    if said.answer is Coming.DECLINED:
        held = structs.replace(held, time_no=number, place_no=number)
    return structs.replace(now, holds=now.holds | {party: held})


def _held(now: MeetingStand, at_s: float) -> MeetingStand:
    _refuse_held(now)
    if now.when is None:
        raise _Vain("no date was settled")
    if at_s < now.when.start_s:
        raise _Vain("its time had not come")
    return structs.replace(now, held_s=at_s, asked={})


def _minuted(now: MeetingStand, said: MinutesProposed | MinutesAgreed, party: str) -> MeetingStand:
    if now.held_s is None:
        raise _Vain("the meeting was not held yet")
    if isinstance(said, MinutesProposed):
        minutes = Minutes(
            party=party,
            text=said.text,
            digest=digest_of(said.text),
            at_s=said.at_s,
            agreed=(party,),
        )
        return structs.replace(now, minutes=minutes)
    if now.minutes is None or now.minutes.digest != said.digest:
        raise _Vain("the minutes are others than those it agrees to")
    agreed = tuple(sorted({*now.minutes.agreed, party}))
    dissents = (*now.dissents, Dissent(party=party, words=said.dissent)) if said.dissent else ()
    return structs.replace(
        now,
        minutes=structs.replace(now.minutes, agreed=agreed),
        dissents=dissents or now.dissents,
    )


def _postponed(now: MeetingStand, party: str, number: int) -> MeetingStand:
    if all(held.when is None for held in now.holds.values()):
        raise _Vain("no date was proposed")
    holds = {
        one: structs.replace(held, when=None, answer=None, time_no=number)
        for one, held in now.holds.items()
    }
    return _bumped(structs.replace(now, when=None, dated_s=None, holds=holds, dateless_party=party))


def _weighed(now: MeetingStand, at_s: float) -> MeetingStand:
    """Return the stand with what all hold settled, and who owes an answer since when."""
    times = {held.when for held in now.holds.values()}
    places = {held.place for held in now.holds.values()}
    settled = next(iter(times)) if len(times) == 1 else None
    if settled is not None and settled != now.when:
        now = structs.replace(now, when=settled, dated_s=at_s)
    if len(places) == 1 and "" not in places:
        now = structs.replace(now, place=next(iter(places)))
    asked = {
        party: now.asked.get(party, at_s)
        for party in now.holds
        if now.held_s is None and _owes_answer(now, party)
    }
    is_dateless = now.when is None and not asked
    since_s = at_s if now.dateless_s is None else now.dateless_s
    now = structs.replace(now, asked=asked, dateless_s=since_s if is_dateless else None)
    return structs.replace(now, state=_state(now), is_open=_state(now) not in _ENDED)


def _owes_answer(now: MeetingStand, party: str) -> bool:
    """Return whether another proposed something else since the party last spoke of it."""
    own = now.holds[party]
    return any(
        (other.when is not None and other.when != own.when and other.time_no > own.time_no)
        or (other.place not in ("", own.place) and other.place_no > own.place_no)
        for other in now.holds.values()
    )


def _state(now: MeetingStand) -> str:
    if now.state == "cancelled":
        return "cancelled"
    if now.minutes is not None:
        return "closed" if len(now.minutes.agreed) == len(now.holds) else "minutes"
    if now.held_s is not None:
        return "held"
    if now.when is not None:
        return "settled" if now.place else "dated"
    return "placed" if now.place else "called"
