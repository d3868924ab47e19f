"""An incident folded from its steps: the same on every side that holds the same ones."""

from typing import Any

from msgspec import structs, to_builtins

from wideberth.council.incident_stand import (
    Account,
    Difference,
    Finding,
    Frozen,
    IncidentStand,
)
from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Idle
from wideberth.formats.times import show_utc
from wideberth.model.agreement import Agreement
from wideberth.peering.council.incident import (
    IncidentClosed,
    IncidentFinding,
    IncidentFrozen,
    IncidentReopened,
    IncidentReport,
    IncidentReported,
    IncidentReviewed,
)

_COMPARED = ("happened_s", "until_s", "place", "about", "act", "harm", "third_parties")


def folded(matter: Matter, agreement: Agreement) -> IncidentStand:
    """Return where an incident stands, its dues left out."""
    opening = matter.opening
    assert isinstance(opening, IncidentReported), "an incident opens with a report"
    now = IncidentStand(state="", title=opening.title, since_s=opening.form.happened_s)
    for step in matter.steps:
        why = vain(now, step, matter)
        if why:
            idle = Idle(turn=step.said.turn, party=step.party, why=why)
            now = structs.replace(now, idle=(*now.idle, idle))
        else:
            now = _after(now, step, agreement)
            is_over = set(now.closed) == set(matter.parties)
            now = structs.replace(now, is_open=not is_over)
    return structs.replace(
        now,
        state=_state(now, matter),
        findings_agree=_agree(now, matter),
        differences=_differences(now, matter),
        actions=tuple(dict.fromkeys(a for f in now.findings.values() for a in f.actions)),
    )


def vain(now: IncidentStand, step: Step, matter: Matter) -> str:
    """Return why a step changes nothing; empty: it does."""
    match step.said:
        case IncidentFrozen():
            return ""  # evidence is evidence, whenever it is frozen
        case IncidentReopened():
            return "it is open" if now.is_open and not now.closed else ""
    if not now.is_open:
        return "it was closed already"
    match step.said:
        case IncidentClosed() if step.party in now.closed:
            return "this side has closed it already"
        case IncidentClosed():
            return _unready(now, step.party)
        case IncidentFinding(agrees=turn) if turn:
            others = (p for p, f in now.findings.items() if p != step.party and f.turn == turn)
            return "" if next(others, "") else "there is no such finding of another side any more"
        case IncidentReport() if step.party not in matter.parties:
            return "the side has no part in it"
    return ""


def _unready(now: IncidentStand, party: str) -> str:
    if party not in now.final:
        return "this side's final report is missing"
    return "" if party in now.findings else "this side has found nothing yet"


def _after(now: IncidentStand, step: Step, agreement: Agreement) -> IncidentStand:
    """Return where it stands after a step that changes something.

    What one side closed on is no longer all there is, once another side has said more.
    """
    party, said = step.party, step.said
    if isinstance(said, IncidentReported | IncidentReport):
        is_final = isinstance(said, IncidentReport) and said.final
        name = "final" if is_final else "preliminary"
        accounts = {**getattr(now, name), party: _account(said, agreement)}
        now = structs.replace(_unclosed(now), **{name: accounts})
        is_first = not is_final and party not in now.late and len(_mine(now, party)) == 1
        return _timed(now, party, said, agreement) if is_first else now
    match said:
        case IncidentFrozen():
            one = Frozen(
                number=said.number,
                digest=said.digest,
                entries=said.entries,
                size=said.size,
                at_s=said.at_s,
            )
            return structs.replace(
                now, frozen={**now.frozen, party: (*now.frozen.get(party, ()), one)}
            )
        case IncidentReviewed():
            return structs.replace(now, meeting=said.meeting)
        case IncidentFinding():
            findings = {**now.findings, party: _finding(now, said, party)}
            return structs.replace(_unclosed(now), findings=findings)
        case IncidentClosed():
            return structs.replace(now, closed=tuple(sorted({*now.closed, party})))
        case IncidentReopened():
            return structs.replace(
                now, closed=(), reopened=now.reopened + 1, since_s=said.at_s, is_open=True
            )
    return now


def _mine(now: IncidentStand, party: str) -> tuple[Account, ...]:
    found = (now.preliminary.get(party), now.final.get(party))
    return tuple(one for one in found if one is not None)


def _unclosed(now: IncidentStand) -> IncidentStand:
    return structs.replace(now, closed=())


def _timed(
    now: IncidentStand, party: str, said: IncidentReported | IncidentReport, agreement: Agreement
) -> IncidentStand:
    """Note whether a side's first report came in the agreement's time from the event on."""
    wait_s = agreement.council.incident.preliminary_s
    is_late = said.at_s > now.since_s + wait_s and not now.reopened
    late = tuple(sorted({*now.late, party})) if is_late else now.late
    return structs.replace(now, late=late)


def _account(said: IncidentReported | IncidentReport, agreement: Agreement) -> Account:
    form = said.form
    clause = next((act.clause for act in agreement.prohibited if act.code == form.act), "")
    return Account(
        turn=said.turn,
        at_s=said.at_s,
        text=form.text,
        happened_s=form.happened_s,
        until_s=form.until_s,
        place=form.place,
        about=form.about,
        act=form.act,
        clause=clause,
        harm=form.harm,
        third_parties=form.third_parties,
    )


def _finding(now: IncidentStand, said: IncidentFinding, party: str) -> Finding:
    shared = [p for p, f in now.findings.items() if p != party and f.turn == said.agrees]
    whose = shared[0] if said.agrees and shared else ""
    text = said.text or (now.findings[whose].text if whose else "")
    return Finding(
        turn=said.turn, text=text, agrees_with=whose, clause=said.clause, actions=said.actions
    )


def _agree(now: IncidentStand, matter: Matter) -> bool:
    """Return whether every side has found, and all found the same words."""
    texts = {now.findings[p].text.strip() for p in matter.parties if p in now.findings}
    return len(texts) == 1 and set(matter.parties) <= set(now.findings)


def _state(now: IncidentStand, matter: Matter) -> str:
    if not now.is_open:
        return "closed"
    if now.closed:
        return "closing"
    return "under review" if not lacking(now, matter) else "reported"


def lacking(now: IncidentStand, matter: Matter) -> tuple[str, ...]:
    """Return the parties that have reported nothing yet."""
    return tuple(party for party in matter.parties if now.account(party) is None)


def _differences(now: IncidentStand, matter: Matter) -> tuple[Difference, ...]:
    """Return the fields in which the sides' newest reports differ; words are not compared."""
    said = {p: a for p in matter.parties if (a := now.account(p)) is not None}
    found = []
    for name in _COMPARED if len(said) > 1 else ():
        values = {party: _value(name, getattr(one, name)) for party, one in said.items()}
        if len(set(values.values())) > 1:
            found.append(Difference(field=name.removesuffix("_s"), said=values))
    return tuple(found)


def _value(name: str, value: Any) -> str:
    if value is None:
        return "not said"
    if name.endswith("_s"):
        return show_utc(float(value)) or ""
    if name == "about":
        return ", ".join(sorted(value))
    return str(to_builtins(value))
