"""Incidents: reported by either side, evidence frozen on both, closed by both (R17, R27)."""

from typing import Final

from msgspec import structs

from wideberth.council.clocks import joined, watch_dues
from wideberth.council.incident_fold import folded, lacking, vain
from wideberth.council.incident_stand import IncidentStand
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError, refuse_unknown_clause
from wideberth.council.stand import Alert, Due, Kind, Seen, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.incident import (
    IncidentClosed,
    IncidentFinding,
    IncidentForm,
    IncidentFrozen,
    IncidentReopened,
    IncidentReport,
    IncidentReported,
    IncidentReviewed,
)
from wideberth.peering.council.said import Said

PRELIMINARY: Final = "preliminary report"
REVIEW: Final = "joint review"
REPORTED: Final = "incident reported"
_ABOUT: Final = ("activity", "notice", "conflict")


def stand(matter: Matter, agreement: Agreement) -> IncidentStand:
    """Return where an incident stands."""
    now = folded(matter, agreement)
    return structs.replace(now, dues=_dues(now, matter, agreement) if now.is_open else ())


def _dues(now: IncidentStand, matter: Matter, agreement: Agreement) -> tuple[Due, ...]:
    """Return what each side owes: its first report, then what it finds; both from the event on."""
    rules = agreement.council.incident
    missing = lacking(now, matter)
    first_s = _opened_on(matter) + rules.preliminary_s
    reports = [Due(what=PRELIMINARY, party=p, at_s=first_s, clause=rules.clause) for p in missing]
    review_s = now.since_s + rules.review_s
    reviews = [
        Due(what=REVIEW, party=party, at_s=review_s, clause=rules.clause)
        for party in matter.parties
        if party not in now.findings and party not in missing
    ]
    return (*reports, *reviews)


def _opened_on(matter: Matter) -> float:
    opening = matter.opening
    assert isinstance(opening, IncidentReported)
    return opening.form.happened_s


def may(_matter: Matter | None, said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse an act or clause that the agreement does not have, and what nobody can have seen."""
    match said:
        case IncidentReported(form=form) | IncidentReport(form=form):
            _refuse_strange(form, said.at_s, agreement)
        case IncidentFinding():
            refuse_unknown_clause(said.clause, agreement)
            if not said.text.strip() and not said.agrees:
                raise NotFittingError("a finding that says nothing.")
        case IncidentReopened() if not said.words.strip():
            raise NotFittingError("it is opened again without a reason.", remedy="Say why.")


def _refuse_strange(said: IncidentForm, at_s: float, agreement: Agreement) -> None:
    codes = [act.code for act in agreement.prohibited]
    if said.act and said.act not in codes:
        raise NotFittingError(
            "a prohibited act is named that the agreement does not have.",
            remedy=f"Its codes: {', '.join(codes) or 'none'}.",
        )
    if said.until_s is not None and said.until_s < said.happened_s:
        raise NotFittingError("the incident ends before it begins.")
    if at_s and said.happened_s > at_s + agreement.notice.skew_s:
        raise NotFittingError("an incident that has not happened yet.")
    for name in said.about:
        kind, _slash, rest = name.partition("/")
        if not rest.strip() or (kind == "activity" and "/" not in rest):
            raise NotFittingError(
                "the incident concerns nothing that can be found.",
                remedy=f"Write {', '.join(f'{k}/...' for k in _ABOUT)} or KIND/OPENER/ID.",
            )


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing."""
    step = Step(party=party, said=said, known_s=said.at_s)  # type: ignore[arg-type]
    why = vain(folded(matter, agreement), step, matter)
    if why:
        raise NotFittingError(f"{why}.", remedy="Look at the incident again.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: what is overdue, that it was reported, and that one came too late."""
    now = stand(matter, seen.agreement)
    watched = watch_dues(matter, now, seen)
    name = f"incident {matter.opener}/{matter.id}"
    alerts = []
    if matter.opener != seen.party and now.is_open and now.account(seen.party) is None:
        text = f"{name}: {matter.opener} reports it; our evidence is frozen, our report is owed."
        alerts.append(Alert(REPORTED, text, (seen.agreement.council.lead(seen.party).role,)))
    if now.late and now.is_open:
        clause = seen.agreement.council.incident.clause
        cited = f" ({clause})" if clause else ""
        text = f"{name}: the first report of {', '.join(now.late)} came too late{cited}."
        late = ", ".join(now.late)
        alerts.append(Alert("incident report late", text, dismissible=True, about=late))
    return joined(watched, Watch(tuple(alerts)))


KIND = Kind(
    name="incident",
    prefix="IN",
    opening=IncidentReported,
    steps={
        "report": IncidentReport,
        "frozen": IncidentFrozen,
        "review": IncidentReviewed,
        "finding": IncidentFinding,
        "close": IncidentClosed,
        "reopen": IncidentReopened,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
