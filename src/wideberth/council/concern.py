"""Concerns: raised, and answered, accepted or disputed by a clock; never deleted."""

from msgspec import Struct, structs

from wideberth.council.clocks import at, joined, watch_dues
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError, refuse_other, refuse_unknown_clause
from wideberth.council.stand import Alert, Due, Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.concern import (
    Cited,
    ConcernAccepted,
    ConcernAnswered,
    ConcernAsked,
    ConcernDisputed,
    ConcernMeeting,
    ConcernRaised,
    ConcernWithdrawn,
)
from wideberth.peering.council.said import Said

ANSWER = "answer"
REPLY = "reply about a meeting"
_ENDED = ("settled", "withdrawn")


class Owed(Struct, frozen=True):
    """Who owes what until when."""

    what: str
    party: str
    at_s: float


class ConcernStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: raised, asked, answered, accepted, disputed, settled or withdrawn.

    positions: by party, what it last made of the concern; answered_s: when the first answer came,
    by its own clock. meeting: the matter, or "asked". assurances: given with answers.
    """

    clause: str = ""
    urgent: bool = False
    evidence: tuple[Cited, ...] = ()
    positions: dict[str, str] = {}  # noqa: RUF012 - msgspec makes a new one each time
    answered_s: float | None = None
    meeting: str = ""
    assurances: tuple[str, ...] = ()
    owed: tuple[Owed, ...] = ()


def stand(matter: Matter, agreement: Agreement) -> ConcernStand:
    """Return where a concern stands."""
    opening = matter.opening
    assert isinstance(opening, ConcernRaised), "a concern opens with what is raised"
    others = matter.others(matter.opener)
    now = ConcernStand(
        state="raised",
        title=opening.title,
        clause=opening.clause,
        urgent=opening.urgent,
        evidence=opening.evidence,
        owed=_asked_of(others, opening, opening, agreement),
    )
    for step in matter.steps[1:]:
        why = _vain(now, step, matter)
        if why:
            idle = Idle(turn=step.said.turn, party=step.party, why=why)
            now = structs.replace(now, idle=(*now.idle, idle))
        else:
            now = _stepped(now, step, matter, agreement)
    is_open = now.state not in _ENDED
    dues = _dues(now, opening, agreement) if is_open else ()
    return structs.replace(now, is_open=is_open, dues=dues, owed=now.owed if is_open else ())


def _asked_of(
    parties: tuple[str, ...], said: Said, opening: ConcernRaised, agreement: Agreement
) -> tuple[Owed, ...]:
    rules = agreement.council.question
    wait_s = rules.urgent_s if opening.urgent else rules.answer_s
    return tuple(Owed(ANSWER, party, said.at_s + wait_s) for party in parties)


def _vain(now: ConcernStand, step: Step, matter: Matter) -> str:
    """Return why a step changes nothing; empty: it does."""
    if now.state in _ENDED:
        return f"it was {now.state} already"
    if step.party != matter.opener:
        return ""
    match step.said:
        case ConcernAccepted() | ConcernDisputed() if not now.positions:
            return "nobody had answered it"
        case ConcernAnswered() if not _owes(now, step.party, ANSWER):
            return "nothing had been asked of it"
    return ""


def _stepped(now: ConcernStand, step: Step, matter: Matter, agreement: Agreement) -> ConcernStand:
    opening, said, party = matter.opening, step.said, step.party
    assert isinstance(opening, ConcernRaised)
    is_own = party == matter.opener
    match said:
        case ConcernWithdrawn():
            return structs.replace(now, state="withdrawn")
        case ConcernAccepted() if is_own:
            return structs.replace(now, state="settled")
        case ConcernDisputed() if is_own:
            return structs.replace(_met(now, party, REPLY), state="disputed")
        case ConcernAsked():
            owed = _asked_of(matter.others(party), said, opening, agreement)
            waiting = {(one.party, one.what): one for one in owed} | {
                (one.party, one.what): one for one in now.owed
            }
            return structs.replace(now, state="asked", owed=tuple(waiting.values()))
        case ConcernMeeting(meeting=meeting):
            return _meeting(now, step, matter, agreement, meeting)
        case ConcernAnswered() if is_own:
            return _met(now, party, ANSWER, REPLY)
    word = _POSITION[type(said)]
    now = _met(now, party, ANSWER, REPLY)
    assurance = said.assurance if isinstance(said, ConcernAnswered) else ""
    return structs.replace(
        now,
        state=word,
        positions={**now.positions, party: word},
        answered_s=said.at_s if now.answered_s is None else now.answered_s,
        assurances=(*now.assurances, assurance) if assurance else now.assurances,
    )


_POSITION = {
    ConcernAnswered: "answered",
    ConcernAccepted: "accepted",
    ConcernDisputed: "disputed",
}


def _meeting(
    now: ConcernStand, step: Step, matter: Matter, agreement: Agreement, meeting: str
) -> ConcernStand:
    now = _met(now, step.party, REPLY)
    if meeting:  # its own clocks run
        owed = tuple(one for one in now.owed if one.what != REPLY)
        return structs.replace(now, meeting=meeting, owed=owed)
    until_s = step.said.at_s + agreement.council.meetings.answer_s
    asked = tuple(
        Owed(REPLY, party, until_s)
        for party in matter.others(step.party)
        if not _owes(now, party, REPLY)
    )
    return structs.replace(now, meeting=now.meeting or "asked", owed=(*now.owed, *asked))


def _owes(now: ConcernStand, party: str, what: str) -> bool:
    return any((one.party, one.what) == (party, what) for one in now.owed)


def _met(now: ConcernStand, party: str, *what: str) -> ConcernStand:
    """Return the stand without what a party owed."""
    owed = tuple(one for one in now.owed if one.party != party or one.what not in what)
    return structs.replace(now, owed=owed)


def _dues(now: ConcernStand, opening: ConcernRaised, agreement: Agreement) -> tuple[Due, ...]:
    """Return the clocks that run: by the agreement's clause on questions, else the concern's."""
    rules = agreement.council
    clauses = {ANSWER: rules.question.clause, REPLY: rules.meetings.clause}
    several = {one.what for one in now.owed if sum(o.what == one.what for o in now.owed) > 1}
    return tuple(
        Due(
            what=f"{one.what} of {one.party}" if one.what in several else one.what,
            party=one.party,
            at_s=one.at_s,
            clause=clauses[one.what] or opening.clause,
        )
        for one in now.owed
    )


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse a concern without words, clause or vouched evidence; and a peer's withdrawal."""
    if isinstance(said, ConcernRaised):
        _refuse_unfounded(said, agreement)
    if matter is not None and isinstance(said, ConcernWithdrawn):
        refuse_other(party, matter.opener, "withdraw it")


def _refuse_unfounded(said: ConcernRaised, agreement: Agreement) -> None:
    if not said.words.strip():
        raise NotFittingError("a concern that says nothing.", remedy="Say it in words.")
    refuse_unknown_clause(said.clause, agreement)
    if bool(said.clause) == said.without_clause:
        raise NotFittingError(
            "a concern cites a clause of the agreement, or says that none applies.",
            remedy="Give one of the two: the clause, or 'none'.",
        )
    for cited in said.evidence:
        if not (cited.what.strip() and cited.vouched_by.strip()):
            raise NotFittingError(
                "evidence of which nothing is said, or for which nobody vouches.",
                remedy="Say what it is, and the role that vouches for it.",
            )
        is_sourced = bool(cited.source.strip()) and cited.reported_s is not None
        if cited.kind.is_report and not is_sourced:
            raise NotFittingError(
                "a report of others without its source or its date.",
                remedy="Say who reported it, and when.",
            )


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing, and what has to be said in words and is not."""
    step = Step(party=party, said=said, known_s=said.at_s)  # type: ignore[arg-type]
    why = _vain(stand(matter, agreement), step, matter)
    if why:
        raise NotFittingError(f"{why}.", remedy="Look at the concern again.")
    speechless = ConcernAnswered | ConcernAsked | ConcernDisputed | ConcernWithdrawn
    if isinstance(said, speechless) and not said.words.strip():
        raise NotFittingError("it says nothing.", remedy="Say it in words.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: that an answer is asked of us, and all that is overdue on either side."""
    now = stand(matter, seen.agreement)
    watched = watch_dues(matter, now, seen)
    ours = [d for d in now.dues if d.party == seen.party and d.at_s > seen.now_s]
    if not ours:
        return watched
    first = min(ours, key=lambda due: due.at_s)
    urgent = "an urgent " if now.urgent else "a "
    clause = f" ({first.clause})" if first.clause else ""
    name = f"{matter.opener}/{matter.id}"
    text = f"{urgent}concern ({name}) waits for our {first.what}, due by {at(first.at_s)}{clause}."
    return joined(Watch((Alert("concern", text, dismissible=True),)), watched)


KIND = Kind(
    name="concern",
    prefix="CN",
    opening=ConcernRaised,
    steps={
        "answer": ConcernAnswered,
        "accept": ConcernAccepted,
        "dispute": ConcernDisputed,
        "ask": ConcernAsked,
        "meeting": ConcernMeeting,
        "withdraw": ConcernWithdrawn,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
