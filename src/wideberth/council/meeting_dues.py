"""What is owed about a meeting, by whom and until when: by the agreement's rules for meetings."""

from collections.abc import Iterator

from wideberth.council.meeting_stand import MeetingStand
from wideberth.council.stand import Due
from wideberth.model.council_clocks import MeetingRules
from wideberth.peering.council.meeting import MeetingKind

ANSWER = "answer about the meeting"


def dues_of(now: MeetingStand, opener: str, rules: MeetingRules) -> tuple[Due, ...]:
    """Return the clocks that run."""
    if not now.is_open:
        return ()
    return tuple(_dues(now, opener, rules))


def _dues(now: MeetingStand, opener: str, rules: MeetingRules) -> Iterator[Due]:
    def due(what: str, party: str, at_s: float) -> Due:
        return Due(what=what, party=party, at_s=at_s, clause=rules.clause)

    for party, since_s in now.asked.items():
        yield due(ANSWER, party, _answer_s(now, since_s, rules))
    if now.dateless_s is not None:
        yield due("date", now.dateless_party, now.dateless_s + _wait_s(now, rules))
    if now.minutes is not None:
        for party in now.holds:
            if party not in now.minutes.agreed:
                yield due("answer to the minutes", party, now.minutes.at_s + rules.answer_s)
    elif now.held_s is not None:
        yield due("minutes", opener, now.held_s + rules.answer_s)
    elif now.when is not None and now.dated_s is not None:
        if not now.place:
            halfway_s = (now.dated_s + max(now.when.start_s, now.dated_s)) / 2.0
            yield due("place", opener, max(now.when.start_s - rules.answer_s, halfway_s))
        yield due("word that it was held", opener, now.when.end_s + rules.answer_s)


def _wait_s(now: MeetingStand, rules: MeetingRules) -> float:
    if now.meeting_kind is MeetingKind.EXTRAORDINARY:
        return min(rules.answer_s, rules.extraordinary_s)
    return rules.answer_s


def _answer_s(now: MeetingStand, since_s: float, rules: MeetingRules) -> float:
    """Return by when an answer is due: in time for the earliest meeting that is proposed."""
    starts = [held.when.start_s for held in now.holds.values() if held.when is not None]
    return max(since_s, min([since_s + _wait_s(now, rules), *starts]))
