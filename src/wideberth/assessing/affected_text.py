"""What an emitter does, for people: one paragraph a finding, worst first."""

import textwrap
from collections.abc import Iterator

from wideberth.assessing.advice import ADVISORY, unverified
from wideberth.assessing.affected import Assessment, Effect
from wideberth.engine.words import figure
from wideberth.formats.lookalike import named, names
from wideberth.formats.report_words import band, window
from wideberth.formats.shown import line, plain
from wideberth.interference.words import decibels, distance, limit_decibels
from wideberth.model.budget import LinkBudget, Verdict
from wideberth.model.conflict import VolumeRef
from wideberth.model.volume import Volume


def render(found: Assessment, *, width: int = 100) -> str:
    """Return the answer as text."""
    lines = list(_lines(found))
    return "".join(f"{_wrapped(line, width)}\n" for line in lines)


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line, width, initial_indent="", subsequent_indent=indent, break_long_words=False
    )


def _lines(found: Assessment) -> Iterator[str]:
    subject = found.subject
    yield f"WHAT {names(subject.party, subject.activity)} DOES TO OTHERS"
    for volume in found.volumes:
        yield f"  {_emission(volume)}"
    open_effects = [effect for effect in found.effects if not effect.is_cleared]
    cleared = [effect for effect in found.effects if effect.is_cleared]
    yield ""
    if open_effects:
        yield f"{len(open_effects):,} to be settled, worst first:"
    else:
        yield "Nothing to be settled was found among what was judged."
    for number, effect in enumerate(open_effects, 1):
        yield from _effect(number, effect)
    if cleared:
        yield ""
        yield f"{len(cleared):,} cleared by a propagation model, least margin first:"
    for number, effect in enumerate(cleared, len(open_effects) + 1):
        yield from _effect(number, effect)
    for entry in found.not_judged:
        yield ""
        arenas = " and ".join(sorted(entry.arenas))
        yield f"NOT JUDGED: {arenas}, {entry.pairs:,} pairs: {entry.why}."
    rows = unverified(e.budget for e in found.effects if e.budget is not None)
    if rows:
        yield ""
        yield f"Not verified against their source: the figures of {', '.join(map(plain, rows))}."
    yield ""
    yield ADVISORY


def _emission(volume: Volume) -> str:
    assert volume.freq is not None
    power = "no power declared" if volume.eirp_dbm is None else f"{volume.eirp_dbm:g} dBm EIRP"
    return f"{named(volume.id)}: {band(volume.freq)}, {power}"


def _effect(number: int, effect: Effect) -> Iterator[str]:
    finding, budget = effect.conflict.finding, effect.budget
    yield ""
    yield f"{number}. {_ref(effect.theirs)}, by {_ref(effect.ours)} ({plain(finding.rule)})"
    yield f"   {line(finding.why)}"
    if budget is not None:
        yield f"   {_figures(budget)}"
        yield f"   {_enough(effect, budget)}"
        yield f"   model: {line(budget.model)}"
        for name, digest in budget.data:
            yield f"   data: {plain(name)}, SHA-256 {digest}"
        if budget.contributors:
            those = [f"{c.party} {c.activity} {c.volume}" for c in budget.contributors]
            yield f"   together: {line(', '.join(those))}"
    yield f"   {window(finding.start_s, finding.end_s)}"
    yield f"   criterion: {line(finding.clause if budget is None else budget.source)}"


def _figures(budget: LinkBudget) -> str:
    arrives = "not known" if budget.interference_dbm is None else _dbm(budget.interference_dbm)
    limit = "not known" if budget.limit_dbm is None else f"{limit_decibels(budget.limit_dbm)} dBm"
    margin = budget.margin_db
    said = "not known" if margin is None else f"{figure(margin, 1)} dB"
    open_word = ", NOT CLEARED" if budget.verdict is Verdict.NO_MODEL else ""
    return (
        f"margin {said} (arrives {arrives}, bears {limit}) at {distance(budget.distance_m)}"
        f"{open_word}"
    )


def _enough(effect: Effect, budget: LinkBudget) -> str:
    far = effect.needed.distance_m
    away = f"no distance: {effect.needed.why}" if far is None else f"{distance(far)} away"
    power = (
        "no power is known to be"
        if budget.need_dbm is None
        else f"at most {figure(budget.need_dbm, 1)} dBm EIRP from there"
    )
    return f"enough: {away}; or {power}"


def _dbm(value: float) -> str:
    return f"{decibels(value)} dBm"


def _ref(ref: VolumeRef) -> str:
    return names(ref.party, ref.activity, ref.volume)
