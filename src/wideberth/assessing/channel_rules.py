"""Channels against the rules that know no power: bands that overlap, bands that are kept free.

The whole band is judged once against each volume; then every channel that overlaps what was found,
or is within the rule's guard band of it, counts as held. That is what judging each would say, or a
little more.
"""

from collections.abc import Sequence

from wideberth.arenas import all_rules
from wideberth.assessing.channel_band import Answer, Found, Probes
from wideberth.engine.detect import find
from wideberth.engine.field import Progress, Question, lay_out
from wideberth.engine.separation import SeparationRule
from wideberth.interference.rule import Interference
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import VolumeRef
from wideberth.model.volume import Arena, Volume


def plain_rules(agreement: Agreement) -> list[SeparationRule]:
    """Return the rules on spectrum that know no power."""
    return [
        rule
        for rule in all_rules(agreement)
        if not isinstance(rule, Interference) and Arena.SPECTRUM in rule.arenas
    ]


def hold_by_plain_rules(
    answer: Answer,
    others: Sequence[Activity],
    agreement: Agreement,
    probes: Probes,
    progress: Progress,
) -> None:
    """Note what the plain rules hold against channels."""
    field = lay_out([*others, probes.whole], agreement.heights)
    question = Question(agreement.heights, about=frozenset({probes.name}))
    volumes = dict(zip(field.refs, field.volumes, strict=True))
    for rule in plain_rules(agreement):
        for conflict in find(field, [rule], (), question, progress).conflicts:
            is_first = (conflict.a.party, conflict.a.activity) == probes.name
            ref = conflict.b if is_first else conflict.a
            _hold(answer, probes, rule, (ref, volumes[ref]))


def _hold(
    answer: Answer, probes: Probes, rule: SeparationRule, other: tuple[VolumeRef, Volume]
) -> None:
    ref, volume = other
    assert volume.freq is not None
    guard_hz = rule.reach(volume).freq_hz
    found = Found(ref.party, ref.activity, ref.volume, rule.name)
    for k, (low_hz, high_hz) in enumerate(probes.edges):
        gap_hz = max(low_hz - volume.freq.high_hz, volume.freq.low_hz - high_hz)
        if gap_hz < 0.0 or (guard_hz > 0.0 and gap_hz <= guard_hz):
            answer.hold(k, found)
