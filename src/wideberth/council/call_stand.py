"""Where a call of the hotline stands: who was rung, which role holds it, what was said (R7)."""

from dataclasses import dataclass, field

from msgspec import Struct, structs

from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Due, Idle, Stand
from wideberth.model.agreement import Agreement
from wideberth.model.council_rules import Precedence
from wideberth.peering.council.call import (
    CallAdded,
    CallAnswered,
    CallClosed,
    CallHeard,
    CallMade,
    CallMatched,
    CallPassed,
    CallRead,
    CallRung,
    CallTaken,
    CallText,
    CallTranslated,
)

LINE = "line"
VOICE = "voice"
ANSWER = "answer"
PENDING = ("ringing", "passed")  # somebody is rung, and nobody has taken it yet


class Rung(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A role that was alerted, and when; manned: somebody has the watch there, as far as known."""

    role: str
    at_s: float
    turn: int
    manned: bool = True


class Translation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The words of a text in another language, by whom; machine: no person translated them."""

    language: str
    text: str
    translator: str
    machine: bool


class Text(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was said: by whom in which role; via: "line" or "voice" (heard_by: the role that heard).

    turn: the step's place at the speaker's.
    """

    turn: int
    party: str
    role: str
    at_s: float
    via: str = LINE
    heard_by: str = ""
    code: str = ""
    values: tuple[str, ...] = ()
    words: str = ""
    language: str = ""
    translations: tuple[Translation, ...] = ()


class CallStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: ringing, taken, passed, answered, closed, or matched (it goes on as `goes_on`).

    asked: the role that is called now, since asked_s, by step asked_turn. holder: the role that
    holds it; empty: nobody does. Times to take and to answer count from the call, each by its
    side's clock. differs: turns of texts that were heard otherwise than they were sent.
    """

    caller: str
    called: str
    precedence: Precedence
    asked: str
    asked_s: float
    asked_turn: int
    texts: tuple[Text, ...]
    via: str = LINE
    rung: tuple[Rung, ...] = ()
    holder: str = ""
    taken_s: float | None = None
    read_s: float | None = None
    answered_s: float | None = None
    time_to_take_s: float | None = None
    time_to_answer_s: float | None = None
    goes_on: str = ""
    differs: tuple[int, ...] = ()


@dataclass(slots=True)
class _Fold:
    """The call while its steps are gone through."""

    caller: str
    called: str
    asked: str
    asked_s: float
    texts: list[Text]
    asked_turn: int = 1
    state: str = "ringing"
    rung: list[Rung] = field(default_factory=list)
    holder: str = ""
    taken_s: float | None = None
    read_s: float | None = None
    answered_s: float | None = None
    goes_on: str = ""
    idle: list[Idle] = field(default_factory=list)
    differs: list[int] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "matched")


def sides(matter: Matter) -> tuple[str, str]:
    """Return who calls and who is called; what was heard by voice is opened by who was called."""
    opening = matter.opening
    assert isinstance(opening, CallMade), "a call opens with a call"
    other = matter.others(matter.opener)[0]
    return (other, matter.opener) if opening.heard is not None else (matter.opener, other)


def stand(matter: Matter, agreement: Agreement) -> CallStand:
    """Return where a call stands."""
    opening = matter.opening
    assert isinstance(opening, CallMade), "a call opens with a call"
    caller, called = sides(matter)
    called_s = opening.at_s if opening.heard is None else opening.heard.at_s
    fold = _Fold(caller, called, opening.to_role, opening.at_s, [_opening_text(opening, caller)])
    for step in matter.steps[1:]:
        _take(fold, step)
    wait = agreement.council.hotline.wait_of(opening.precedence)
    due_s, clause = called_s + wait.answer_s, wait.clause or agreement.council.hotline.clause
    is_due = fold.answered_s is None and not fold.is_over
    return CallStand(
        state=fold.state,
        title=f"{opening.precedence.value} to {called}'s {fold.asked}",
        is_open=not fold.is_over,
        dues=(Due(what=ANSWER, party=called, at_s=due_s, clause=clause),) if is_due else (),
        idle=tuple(fold.idle),
        caller=caller,
        called=called,
        precedence=opening.precedence,
        asked=fold.asked,
        asked_s=fold.asked_s,
        asked_turn=fold.asked_turn,
        texts=tuple(fold.texts),
        via=LINE if opening.heard is None else VOICE,
        rung=tuple(fold.rung),
        holder=fold.holder,
        taken_s=fold.taken_s,
        read_s=fold.read_s,
        answered_s=fold.answered_s,
        time_to_take_s=_since(called_s, fold.taken_s),
        time_to_answer_s=_since(called_s, fold.answered_s),
        goes_on=fold.goes_on,
        differs=tuple(fold.differs),
    )


def _since(called_s: float, at_s: float | None) -> float | None:
    return None if at_s is None else max(0.0, at_s - called_s)


def _take(fold: _Fold, step: Step) -> None:
    said, at_s = step.said, step.said.at_s
    if isinstance(said, CallTranslated):
        _translate(fold, said, step.party)
        return
    if fold.is_over:
        why = f"the call was {fold.state} already"
        fold.idle.append(Idle(turn=said.turn, party=step.party, why=why))
        if isinstance(said, CallText):
            _add(fold, _text(said, step.party))
        return
    match said:
        case CallRung(roles=roles, unmanned=unmanned):
            fold.rung += [
                Rung(role=role, at_s=at_s, turn=said.turn, manned=role not in unmanned)
                for role in roles
            ]
        case CallTaken():
            _hold(fold, said.role, at_s)
        case CallRead():
            fold.read_s = at_s if fold.read_s is None else fold.read_s
        case CallPassed(to_role=to_role):
            fold.asked, fold.asked_s, fold.asked_turn = to_role, at_s, said.turn
            fold.state = "passed"
        case CallAnswered():
            _add(fold, _text(said, step.party))
            _answer(fold, said.role, at_s)
        case CallAdded():
            _add(fold, _text(said, step.party))
        case CallHeard():
            _hear(fold, said, step.party)
        case CallMatched(other=other, same=same):
            if same:
                fold.state, fold.goes_on = "matched", other
            else:
                fold.differs.append(1)
        case CallClosed():
            fold.state = "closed"


def _hold(fold: _Fold, role: str, at_s: float) -> None:
    fold.holder = role
    fold.taken_s = at_s if fold.taken_s is None else fold.taken_s
    fold.state = "taken" if fold.answered_s is None else "answered"


def _answer(fold: _Fold, role: str, at_s: float) -> None:
    fold.answered_s = at_s if fold.answered_s is None else fold.answered_s
    if fold.state == "passed" and fold.holder:
        return  # the role it was passed on to is still to take it
    _hold(fold, role, at_s)


def _hear(fold: _Fold, said: CallHeard, hearer: str) -> None:
    """Take what the other side read to the hearer by voice as said by it."""
    speaker = fold.caller if hearer == fold.called else fold.called
    if said.code or said.words:
        text = structs.replace(
            _text(said, speaker),
            turn=said.of_turn,
            role=said.by_role,
            at_s=said.told_s,
            via=VOICE,
            heard_by=said.role,
        )
        _add(fold, text)
    if said.said == ANSWER and speaker == fold.called:
        _answer(fold, said.by_role, said.told_s)
    if said.said == "close":
        fold.state = "closed"


def _add(fold: _Fold, text: Text) -> None:
    """Add a text; one that is there by the other way already is compared with it."""
    alike = next((t for t in fold.texts if _place(t) == _place(text) and t.via != text.via), None)
    if alike is None:
        fold.texts.append(text)
    elif content(alike) != content(text):
        fold.texts.append(text)
        fold.differs.append(text.turn)


def _place(text: Text) -> tuple[int, str]:
    return text.turn, text.party


def content(text: Text | CallText | CallMade) -> tuple[str, tuple[str, ...], str]:
    """Return what must be the same where one text was both sent and heard."""
    return text.code, text.values, text.words


def _translate(fold: _Fold, said: CallTranslated, party: str) -> None:
    made = Translation(
        language=said.language, text=said.text, translator=said.translator, machine=said.machine
    )
    for k, text in enumerate(fold.texts):
        if _place(text) == (said.of_turn, said.of_party) and text.words:
            fold.texts[k] = structs.replace(text, translations=(*text.translations, made))
            return
    why = "there are no words to translate in that step"
    fold.idle.append(Idle(turn=said.turn, party=party, why=why))


def _opening_text(opening: CallMade, caller: str) -> Text:
    text, heard = _text(opening, caller), opening.heard
    if heard is None:
        return text
    return structs.replace(
        text,
        turn=heard.turn,
        role=heard.by_role,
        at_s=heard.at_s,
        via=VOICE,
        heard_by=opening.role,
    )


def _text(said: CallText | CallMade, party: str) -> Text:
    return Text(
        turn=said.turn,
        party=party,
        role=said.role,
        at_s=said.at_s,
        code=said.code,
        values=said.values,
        words=said.words,
        language=said.language,
    )
