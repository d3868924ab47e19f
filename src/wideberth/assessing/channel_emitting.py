"""Channels in which an emission would harm nobody: alone, together with others, or by mixing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from wideberth.assessing.already_heard import Already
from wideberth.assessing.channel_band import Answer, Found, Probes, only
from wideberth.assessing.channel_pairs import Columns, Looker, hold_by_pairs, laid_out, listed
from wideberth.assessing.channel_rules import hold_by_plain_rules
from wideberth.engine.field import Progress, lay_out
from wideberth.interference.rows import Wanted
from wideberth.interference.sites import sites
from wideberth.interference.together import SLACK_DB
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import products

MOST_NEAR: Final = 24  # emitters of one site; of more, products are not looked for one by one


def emitting(  # noqa: PLR0913 - as its twin
    present: Sequence[Activity],
    standing: Sequence[Activity],
    agreement: Agreement,
    probes: Probes,
    progress: Progress,
    most_paths: int,
) -> Answer:
    """Return whom an emission in each channel would harm."""
    answer = Answer()
    radio = only(present, [Role.EMIT, Role.RECEIVE])
    hold_by_plain_rules(answer, [*radio, *standing], agreement, probes, progress)
    ears = only(present, [Role.RECEIVE])
    looker = Looker(laid_out(ears, probes, agreement), agreement, most_paths)
    near = hold_by_pairs(answer, looker, probes, progress)
    _hold_by_sums(answer, looker, probes, radio, near)
    _hold_by_mixing(answer, [*radio, *standing], agreement, probes, progress)
    return answer


def _hold_by_sums(
    answer: Answer,
    looker: Looker,
    probes: Probes,
    radio: Sequence[Activity],
    near: dict[tuple[str, bool], Columns],
) -> None:
    """Hold what would be too much for a receiver with what it gets already.

    At whatever times the others are on the air: more than the check would find, never less.
    """
    refs = looker.laid.refs
    places = np.unique(np.concatenate([found[1] for found in near.values()]))
    wanted = {(refs[place].party, refs[place].activity) for place in places.tolist()}
    if not wanted:
        return
    laid = lay_out(_crowd(radio, wanted), looker.agreement.heights)
    for (aboard, is_blocking), found in near.items():
        if not len(found[0]):
            continue
        asked = Wanted(blocking=is_blocking, aboard=aboard, slack_db=SLACK_DB)
        already = Already(looker, laid, asked)
        for pair in listed(already.perhaps(found)):
            if answer.held.get(pair.channel):
                continue
            count = already.too_much_with(probes.each.volumes[pair.channel], pair)
            if count:
                ref = refs[pair.place]
                why = f"together with {count} others"
                answer.hold(pair.channel, Found(ref.party, ref.activity, ref.volume, why))


def _crowd(radio: Sequence[Activity], wanted: set[tuple[str, str]]) -> list[Activity]:
    """Return all emissions, and the receivers of some activities."""
    found = []
    for activity in radio:
        is_wanted = (activity.party, activity.id) in wanted
        roles = [Role.EMIT, Role.RECEIVE] if is_wanted else [Role.EMIT]
        found += only([activity], roles)
    return found


@dataclass(frozen=True, slots=True)
class _Ears:
    """What listens: bands, and whose each is."""

    bands_hz: list[tuple[float, float]]
    found: list[Found]


def _hold_by_mixing(
    answer: Answer,
    others: Sequence[Activity],
    agreement: Agreement,
    probes: Probes,
    progress: Progress,
) -> None:
    """Hold channels whose products with emitters nearby fall into anybody's band.

    Whatever their level, wherever the receiver is: more than the check would find.
    """
    laid = lay_out([*only(others, [Role.EMIT]), probes.whole], agreement.heights)
    mine = [k for k, ref in enumerate(laid.refs) if (ref.party, ref.activity) == probes.name]
    site = next((s for s in sites(laid, agreement.spectrum.site_m) if mine[0] in s), ())
    nearby = [laid.volumes[k] for k in site if k not in mine]
    if not nearby:
        return
    ears = _ears(others, probes)
    step = "looking for products"
    for k, edges in enumerate(probes.edges):
        if k % 64 == 0:
            progress(step, k, len(probes.edges))
        if answer.held.get(k):
            continue
        if len(nearby) > MOST_NEAR:
            why = f"it may mix with any of {len(nearby)} emitters nearby"
            answer.hold(k, Found("", "", "", why))
            continue
        for heard_by in _products(nearby, edges, ears):
            answer.hold(k, heard_by)


def _ears(others: Sequence[Activity], probes: Probes) -> _Ears:
    """Return who listens at the time that is asked about, and the bands that are kept free."""
    window = probes.whole.volumes[0].time
    ears = _Ears([], [])
    for activity in only(others, [Role.RECEIVE, Role.GUARD]):
        for volume in activity.volumes:
            if volume.time.start_s < window.end_s and window.start_s < volume.time.end_s:
                ears.bands_hz.append(_edges(volume))
                why = "a product with emitters nearby may fall into it"
                ears.found.append(Found(activity.party, activity.id, volume.id, why))
    return ears


def _edges(volume: Volume) -> tuple[float, float]:
    assert volume.freq is not None
    return volume.freq.low_hz, volume.freq.high_hz


def _products(nearby: Iterable[Volume], edges: tuple[float, float], ears: _Ears) -> Iterable[Found]:
    bands = [(v.freq.low_hz, v.freq.high_hz) for v in nearby if v.freq is not None]
    found = products([*bands, edges], ears.bands_hz)
    mine = np.flatnonzero(np.any(np.asarray(found.emitter) == len(bands), axis=1))
    return [ears.found[place] for place in sorted({int(found.receiver[row]) for row in mine})]
