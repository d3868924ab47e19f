"""Figures of matters: opened, said, late, where they stand; calls by precedence; drills.

The matters are put together anew from the messages, and stand as their kind's fold says. Whatever
kind there is gets counted; calls and drills have figures of their own beside.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import structs

from wideberth.council.call_stand import CallStand
from wideberth.council.drill_score import Score, Tried, board
from wideberth.council.drill_stand import DrillStand
from wideberth.council.figures import Basis, Line, counted_line, spread_lines, time_line
from wideberth.council.kinds import KINDS
from wideberth.council.matter import Matter, Step
from wideberth.council.shown import word_of
from wideberth.council.stand import Stand
from wideberth.model.council_rules import Precedence
from wideberth.peering.council.drill import DrillOpened
from wideberth.peering.council.said import Opening, Said

HOTLINE = "hotline"
DRILLS = "drills"
NOT_COUNTED = "review"  # the comparison itself

Place = tuple[str, str, str]


def matter_lines(basis: Basis) -> Iterator[Line]:
    """Yield the figures of all matters of which both parties have a part."""
    found = matters_of(basis)
    yield from _calls(basis, found)
    yield from _drills(basis, found)
    for kind in sorted(KINDS):
        if kind != NOT_COUNTED:
            yield from _kind(basis, kind, [one for one in found if one.kind == kind])


def matters_of(basis: Basis) -> list[Matter]:
    """Return the matters as the messages before the end of the period tell them, by name.

    known_s of a step, and so of a matter, is when the other of the two parties had it.
    """
    steps: dict[Place, dict[tuple[str, int], Step]] = defaultdict(dict)
    for told in (*basis.exchange.told, *basis.exchange.others):
        said = told.body
        if isinstance(said, Said):
            place = (said.kind, said.opener, said.matter)
            step = Step(party=told.sender, said=said, known_s=told.received_s)
            steps[place].setdefault((told.sender, said.turn), step)
    built = (_built(place, list(those.values())) for place, those in sorted(steps.items()))
    return [one for one in built if one is not None and set(basis.parties) <= set(one.parties)]


def _built(place: Place, steps: list[Step]) -> Matter | None:
    """Return a matter of its steps; None: its opening is not among them."""
    kind, opener, name = place
    ordered = sorted(steps, key=lambda step: step.order)
    first = next((s for s in ordered if isinstance(s.said, Opening) and s.party == opener), None)
    if first is None or kind not in KINDS:
        return None
    rest = (step for step in ordered if step is not first and not isinstance(step.said, Opening))
    opening = first.said
    assert isinstance(opening, Opening)
    return Matter(
        kind=kind,
        opener=opener,
        id=name,
        parties=opening.parties,
        opened_s=opening.at_s,
        steps=(first, *rest),
    )


def _kind(basis: Basis, kind: str, matters: list[Matter]) -> Iterator[Line]:
    """Yield what was opened and said of one kind, by whom; how it stands; what came late."""
    section = f"{kind}s"
    ours = [one for one in matters if one.opening.at_s in basis.period]
    stands = [_stand(basis, one) for one in matters]
    said = Counter(
        (step.party, word_of(step.said))
        for one in matters
        for step in one.steps
        if step.said.at_s in basis.period
    )
    words = ("open", *KINDS[kind].steps)
    for party in basis.parties:
        for word in words:
            name = "opened" if word == "open" else f"said: {word}"
            if word == "open" or said[party, word]:
                yield counted_line(section, party, name, said[party, word])
    both = " and ".join(basis.parties)
    yield counted_line(section, both, "open at the end", sum(1 for one in stands if one.is_open))
    states = Counter(_stand(basis, one).state for one in ours)
    for state in sorted(states):
        yield counted_line(section, both, f"opened then, now {state}", states[state])
    late = Counter(name for one in matters for name in _late(basis, one))
    for party, what in sorted(late):
        yield counted_line(section, party, f"late: {what}", late[party, what])


def _stand(basis: Basis, one: Matter) -> Stand:
    return KINDS[one.kind].stand(one, basis.agreement)


def _late(basis: Basis, one: Matter) -> set[tuple[str, str]]:
    """Return what was owed and not done when it was due, by whom: due within the period."""
    found = set()
    for count in range(1, len(one.steps) + 1):
        so_far = structs.replace(one, steps=one.steps[:count])
        is_last = count == len(one.steps)
        next_s = basis.period.to_s if is_last else one.steps[count].said.at_s
        for due in _stand(basis, so_far).dues:
            if due.at_s in basis.period and due.at_s < next_s:
                found.add((due.party, due.what))
    return found


def _calls(basis: Basis, matters: Iterable[Matter]) -> Iterator[Line]:
    """Yield calls of the hotline by precedence: how many, and how soon taken and answered."""
    found = [
        stand
        for one in matters
        if one.kind == "call" and one.opening.at_s in basis.period
        if isinstance(stand := _stand(basis, one), CallStand) and stand.state != "matched"
    ]
    for caller, called in basis.ways:
        for precedence in Precedence:
            ours = [s for s in found if (s.caller, s.precedence) == (caller, precedence)]
            about = f"{caller} calls {called}: {precedence.value}"
            yield counted_line(HOTLINE, about, "calls", len(ours))
            if ours:
                taken = [s.time_to_take_s for s in ours if s.time_to_take_s is not None]
                answered = [s.time_to_answer_s for s in ours if s.time_to_answer_s is not None]
                yield from spread_lines(HOTLINE, about, "time to take", taken)
                yield from spread_lines(HOTLINE, about, "time to answer", answered)


def _drills(basis: Basis, matters: Iterable[Matter]) -> Iterator[Line]:
    """Yield the score board of the drills that began in the period."""
    tried = []
    for one in matters:
        if one.kind == "drill" and one.opening.at_s in basis.period:
            opening, stand = one.opening, _stand(basis, one)
            assert isinstance(opening, DrillOpened)
            assert isinstance(stand, DrillStand)
            tried.append(Tried(one.opener, opening, stand, one.steps[0].known_s))
    rules = basis.agreement.council.drills
    for score in board(tried, basis.parties, rules, now_s=basis.period.to_s):
        yield from _score_lines(score)


def _score_lines(score: Score) -> Iterator[Line]:
    about = f"{score.caller} calls {score.callee}: {score.what.value.replace('_', ' ')}"
    for name, value in (
        ("held", score.held),
        ("answered", score.answered),
        ("answered late", score.late),
        ("missed by silence", score.silence),
        ("missed by the line", score.line),
        ("not called", score.not_called),
        ("paused", score.paused),
    ):
        yield counted_line(DRILLS, about, name, value)
    yield time_line(DRILLS, about, "time to answer: median", score.median_s)
    yield time_line(DRILLS, about, "time to answer: worst", score.worst_s)
