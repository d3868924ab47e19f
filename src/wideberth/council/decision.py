"""Decisions: adopted when every party adopts; deferred, reserved or withdrawn else."""

from msgspec import Struct

from wideberth.council.clocks import watch_dues
from wideberth.council.matter import Matter
from wideberth.council.refusals import NotFittingError, refuse_other, refuse_unknown_clause
from wideberth.council.stand import Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.decision import (
    DecisionPosition,
    DecisionProposed,
    DecisionWithdrawn,
    Position,
)
from wideberth.peering.council.said import Said


class Dissent(Struct, frozen=True, kw_only=True):
    """What a party said against a decision, or beside it."""

    party: str
    words: str


class DecisionStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: proposed, adopted, deferred, reserved or withdrawn. positions: by party.

    meeting: in which it was proposed; clause: that it rests on.
    """

    text: str
    positions: dict[str, Position]
    meeting: str = ""
    clause: str = ""
    dissents: tuple[Dissent, ...] = ()


def stand(matter: Matter, _agreement: Agreement) -> DecisionStand:
    """Return where a decision stands."""
    opening = matter.opening
    assert isinstance(opening, DecisionProposed), "a decision opens with a proposal"
    positions = {matter.opener: Position.ADOPT}
    dissents: list[Dissent] = []
    idle: list[Idle] = []
    state = "proposed"
    for step in matter.steps[1:]:
        if state in ("adopted", "withdrawn"):
            why = f"the decision was {state} already"
            idle.append(Idle(turn=step.said.turn, party=step.party, why=why))
            continue
        match step.said:
            case DecisionPosition(position=position, dissent=dissent):
                positions[step.party] = position
                if dissent:
                    dissents.append(Dissent(party=step.party, words=dissent))
            case DecisionWithdrawn():
                state = "withdrawn"
        state = state if state == "withdrawn" else _state(matter, positions)
    return DecisionStand(
        state=state,
        title=opening.title,
        is_open=state not in ("adopted", "withdrawn"),
        idle=tuple(idle),
        text=opening.text,
        positions=positions,
        meeting=opening.meeting,
        clause=opening.clause,
        dissents=tuple(dissents),
    )


def _state(matter: Matter, positions: dict[str, Position]) -> str:
    said = [positions.get(party) for party in matter.parties]
    if all(position is Position.ADOPT for position in said):
        return "adopted"
    if Position.DEFER in said:
        return "deferred"
    return "reserved" if Position.RESERVE in said else "proposed"


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse a clause that the agreement does not have, and a withdrawal by another party."""
    if isinstance(said, DecisionProposed):
        refuse_unknown_clause(said.clause, agreement)
    if matter is not None and isinstance(said, DecisionWithdrawn):
        refuse_other(party, matter.opener, "withdraw its proposal")


def fits(matter: Matter, _said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse what comes too late."""
    found = stand(matter, agreement)
    if not found.is_open:
        raise NotFittingError(
            f"the decision is {found.state}.", remedy="Propose another that changes it."
        )


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: it has no clock of its own."""
    return watch_dues(matter, stand(matter, seen.agreement), seen)


KIND = Kind(
    name="decision",
    prefix="D",
    opening=DecisionProposed,
    steps={"position": DecisionPosition, "withdraw": DecisionWithdrawn},
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
