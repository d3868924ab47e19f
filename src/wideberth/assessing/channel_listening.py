"""Channels in which a receiver would be undisturbed."""

from collections.abc import Sequence

from wideberth.arenas import all_joint_rules
from wideberth.assessing.channel_band import Answer, Found, Probes, only
from wideberth.assessing.channel_pairs import Looker, hold_by_pairs, laid_out
from wideberth.assessing.channel_rules import hold_by_plain_rules
from wideberth.engine.detect import find
from wideberth.engine.field import Progress, Question
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Role


def listening(  # noqa: PLR0913 - as its twin
    present: Sequence[Activity],
    standing: Sequence[Activity],
    agreement: Agreement,
    probes: Probes,
    progress: Progress,
    most_paths: int,
) -> Answer:
    """Return who would disturb a receiver in each channel: singly, together, and by mixing."""
    answer = Answer()
    others = only(present, [Role.EMIT])
    hold_by_plain_rules(answer, [*others, *standing], agreement, probes, progress)
    laid = laid_out(others, probes, agreement)
    hold_by_pairs(answer, Looker(laid, agreement, most_paths), probes, progress)
    question = Question(agreement.heights, about=frozenset({probes.name}))
    joint = all_joint_rules(agreement)
    for conflict in find(laid, (), joint, question, progress).conflicts:
        is_first = (conflict.a.party, conflict.a.activity) == probes.name
        ours, ref = (conflict.a, conflict.b) if is_first else (conflict.b, conflict.a)
        found = Found(ref.party, ref.activity, ref.volume, conflict.finding.rule)
        answer.hold(ours.place, found)
    return answer
