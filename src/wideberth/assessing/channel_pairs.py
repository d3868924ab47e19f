"""Channels against single emissions or receivers: the screen first, then a closer look.

The screen finds, for all channels at once, whose limit is within 20 dB in free space. Each such
pair is then reckoned as the check does. A closer look at very many different paths would take
minutes; beyond a number of them the screen's own answer is taken: not free.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.arenas import all_rules
from wideberth.assessing.channel_band import Answer, Found, Probes
from wideberth.engine.field import Field, Progress, Question, lay_out
from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.path import Path, path_between
from wideberth.interference.propagation import Air
from wideberth.interference.rows import heard
from wideberth.interference.rule import Harm, Interference
from wideberth.interference.sides import Emission, Reception, emission_of, reception_of
from wideberth.interference.together import SLACK_DB
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.budget import LinkBudget
from wideberth.model.conflict import VolumeRef
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.free_space import METRE_LOSS_DB
from wideberth.spectrum.rejection import least_rejection_db
from wideberth.spectrum.validity import LEAST_FREQ_HZ

CLOSE_DB: Final = 1.0  # more than that below its limit even the screen, which errs low, bears it
ROUNDING_DB: Final = 1e-6
Floats = NDArray[np.float64]
Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
BUDGETS: Final[dict[Harm, Callable[[Link], LinkBudget | None]]] = {
    Harm.DIRECT: budgets.direct,
    Harm.BLOCKING: budgets.blocking,
    Harm.HARMONICS: budgets.harmonic,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A channel and a volume of somebody, and the margin in free space, dB (NaN: not known)."""

    channel: int
    place: int
    margin_db: float


@dataclass(slots=True)
class Looker:
    """Reckons pairs of a channel and a volume, remembers their sides, and counts what is costly."""

    laid: Field
    agreement: Agreement
    most_paths: int
    paths: dict[int, Path | None] = field(default_factory=dict)
    sides: dict[str | int, Emission | Reception] = field(default_factory=dict)
    costly: set[tuple[object, ...]] = field(default_factory=set)

    def link(self, probe: Volume, place: int) -> Link | None:
        """Return the link of a channel and a volume; None: they are never there at once."""
        other = self.laid.volumes[place]
        emits = probe.role is Role.EMIT
        if place not in self.paths:
            ends = (probe, other) if emits else (other, probe)
            self.paths[place] = path_between(*ends, self.agreement.heights)
        path = self.paths[place]
        if path is None:
            return None
        sides = self._side(probe.id, probe), self._side(place, other)
        emission, reception = sides if emits else sides[::-1]
        assert isinstance(emission, Emission)
        assert isinstance(reception, Reception)
        return Link(emission, reception, path, Air.of(self.agreement.spectrum))

    def _side(self, key: str | int, volume: Volume) -> Emission | Reception:
        if key not in self.sides:
            rules, emits = self.agreement.spectrum, volume.role is Role.EMIT
            self.sides[key] = emission_of(volume, rules) if emits else reception_of(volume, rules)
        return self.sides[key]

    def may_look(self, link: Link) -> bool:
        """Return whether a propagation model may be asked about a link."""
        freq_hz = min(link.emission.low_hz, link.reception.low_hz)
        key = freq_hz, link.path.low_height_m, link.path.high_height_m
        if key in self.costly:
            return True
        if len(self.costly) >= self.most_paths:
            return False
        self.costly.add(key)
        return True


def interference_rules(agreement: Agreement) -> list[Interference]:
    """Return the rules on emissions and single receivers."""
    return [rule for rule in all_rules(agreement) if isinstance(rule, Interference)]


def laid_out(others: Sequence[Activity], probes: Probes, agreement: Agreement) -> Field:
    """Return the field of channels and those who may be in the way."""
    return lay_out([*others, probes.each], agreement.heights)


def hold_by_pairs(
    answer: Answer, looker: Looker, probes: Probes, progress: Progress
) -> dict[tuple[str, bool], Columns]:
    """Note what single emissions or receivers hold against channels.

    Returns the pairs within 20 dB in free space by carrier and whether blocking is the harm, for
    those who add up what emissions do together.
    """
    agreement, laid = looker.agreement, looker.laid
    question = Question(agreement.heights, about=frozenset({probes.name}))
    near: dict[tuple[str, bool], Columns] = {}
    rules = interference_rules(agreement)
    for number, rule in enumerate(rules):
        progress("screening channels", number, len(rules))
        found = _pairs(laid, question, rule, probes)
        if rule.harm is not Harm.HARMONICS:
            near[rule.aboard, rule.harm is Harm.BLOCKING] = found
        close = _close(answer, found, looker, probes)
        if rule.harm is Harm.DIRECT:
            close = _heard_in_free_space(answer, close, looker, probes)
        for k, pair in enumerate(sorted(close, key=_least_first)):
            if k % 256 == 0:
                progress(f"looking at {rule.name}", k, len(close))
            _look(answer, looker, rule, probes, pair)
    return near


def _pairs(laid: Field, question: Question, rule: Interference, probes: Probes) -> Columns:
    """Return channels, places of others, and margins, of all within 20 dB in free space."""
    found = heard(laid, question, replace(rule.wants(), slack_db=SLACK_DB), rule.agreement)
    mine = np.array([(ref.party, ref.activity) == probes.name for ref in laid.refs], bool)
    channel = np.array([ref.place for ref in laid.refs], np.int64)
    is_emitting = mine[found.emitter]
    ours = np.where(is_emitting, found.emitter, found.receiver)
    others = np.where(is_emitting, found.receiver, found.emitter)
    keep = mine[ours] & ~mine[others]
    return channel[ours[keep]], others[keep], found.margin_db[keep]


def _close(answer: Answer, found: Columns, looker: Looker, probes: Probes) -> list[Pair]:
    """Return the pairs that need a closer look; of the others note the margin in free space."""
    channel, place, margin_db = found
    lowest_hz = np.array([low_hz for low_hz, _ in probes.edges])
    theirs_hz = np.array([v.freq.low_hz if v.freq else 0.0 for v in looker.laid.volumes])
    is_long = np.minimum(lowest_hz[channel], theirs_hz[place]) < LEAST_FREQ_HZ
    is_far = (margin_db > CLOSE_DB) & ~is_long
    least_db = np.full(len(lowest_hz), np.inf)
    np.minimum.at(least_db, channel[is_far], margin_db[is_far])
    for k in np.flatnonzero(np.isfinite(least_db)).tolist():
        answer.weigh(k, float(least_db[k]))
    return listed((channel[~is_far], place[~is_far], margin_db[~is_far]))


def listed(found: Columns) -> list[Pair]:
    """Return pairs one by one."""
    return [Pair(*row) for row in zip(*(side.tolist() for side in found), strict=True)]


def _heard_in_free_space(
    answer: Answer, close: list[Pair], looker: Looker, probes: Probes
) -> list[Pair]:
    """Return the pairs that free space does not clear: the judge's own first step, all at once."""
    by_place: dict[int, list[Pair]] = {}
    for pair in close:
        by_place.setdefault(pair.place, []).append(pair)
    left = []
    for place, pairs in by_place.items():
        link = looker.link(probes.each.volumes[pairs[0].channel], place)
        if link is None:
            continue
        margins_db = _margins_db(link, pairs, looker, probes)
        for pair, margin_db in zip(pairs, margins_db.tolist(), strict=True):
            if margin_db > ROUNDING_DB:
                answer.weigh(pair.channel, margin_db)
            else:
                left.append(pair)
    return left


def _margins_db(link: Link, pairs: list[Pair], looker: Looker, probes: Probes) -> Floats:
    """Return margins in free space of channels about one volume; below zero where not known.

    Channels differ in frequency alone: power, skirts and directions are those of any of them.
    """
    one, figures = looker.laid.volumes[pairs[0].place], budgets.direct_figures(link)
    limit_dbm, freq = link.reception.limit_dbm, one.freq
    has_masks = getattr(figures, "emission_mask", None) is not None  # then skirts are not all
    if limit_dbm is None or freq is None or has_masks:
        return np.full(len(pairs), -np.inf)
    edges = np.array([probes.edges[pair.channel] for pair in pairs])
    gap_hz = np.maximum(edges[:, 0] - freq.high_hz, freq.low_hz - edges[:, 1])
    lowest_hz = np.minimum(edges[:, 0], freq.low_hz)
    skirts = figures.emission_skirt, figures.selectivity_skirt
    kept_out_db = least_rejection_db(np.maximum(0.0, gap_hz), *skirts)
    lost_db = METRE_LOSS_DB + 20.0 * np.log10(lowest_hz * max(1.0, figures.distance_m))
    arrives_dbm = figures.eirp_dbm - kept_out_db + figures.gain_dbi - lost_db
    return np.where(lowest_hz < LEAST_FREQ_HZ, -np.inf, limit_dbm - arrives_dbm)


def _least_first(pair: Pair) -> tuple[float, int, int]:
    margin_db = -math.inf if math.isnan(pair.margin_db) else pair.margin_db
    return margin_db, pair.channel, pair.place


def _look(answer: Answer, looker: Looker, rule: Interference, probes: Probes, pair: Pair) -> None:
    """Reckon a pair as the rule does, or take the screen's answer where that would be too much."""
    ref = looker.laid.refs[pair.place]
    in_free_space = f"{rule.name}, as free space has it"
    if answer.held.get(pair.channel):
        answer.hold(pair.channel, _found(ref, in_free_space))
        return
    link = looker.link(probes.each.volumes[pair.channel], pair.place)
    if link is None:
        return
    if not looker.may_look(link):
        answer.screened.add(pair.channel)
        answer.hold(pair.channel, _found(ref, in_free_space))
        return
    budget = BUDGETS[rule.harm](link)
    if budget is None:
        answer.weigh(pair.channel, 0.0)
        return
    if budget.margin_db is not None:
        answer.weigh(pair.channel, budget.margin_db)
    if budget.verdict.value != "cleared":
        answer.hold(pair.channel, _found(ref, _why(rule, budget)))


def _why(rule: Interference, budget: LinkBudget) -> str:
    margin_db = budget.margin_db
    if margin_db is None or margin_db >= 0.0:
        return f"{rule.name}: not cleared"
    return f"{rule.name}: {-margin_db:.1f} dB too much"


def _found(ref: VolumeRef, why: str) -> Found:
    return Found(ref.party, ref.activity, ref.volume, why)
