"""Volumes that the agreement keeps for slow or landing aircraft: nobody else is in them (R12).

Whatever notice was given. Radio is not their matter: it has protected bands of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from wideberth.engine.field import Field, Progress, Question, lay_out
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.near import candidates
from wideberth.engine.separation import Reach
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.binding import ProtectedVolume
from wideberth.model.conflict import Conflict, Finding
from wideberth.model.span import HeightBand
from wideberth.model.volume import Arena, Volume

RULE: Final = "protected volume"
_TOUCHING: Final = Minima(lateral_m=0.0, vertical_m=0.0, time_s=0.0)


def protected_activity(one: ProtectedVolume, agreement: Agreement) -> Activity:
    """Return a protected volume as an activity of the agreement itself."""
    volume = Volume(
        id=one.id,
        arena=Arena.AIR,
        footprint=one.area,
        height=one.heights or HeightBand.of(-math.inf, math.inf),
        time=one.window,
    )
    title = one.title or one.id
    return Activity(f"agreement {agreement.id}", one.id, (volume,), title, RULE)


def protected_conflicts(
    activities: Sequence[Activity], agreement: Agreement, question: Question, progress: Progress
) -> tuple[Conflict, ...]:
    """Return where flights and ships of any party overlap a protected volume, in order.

    Not those of a kind for which it is kept.
    """
    kept = {one.id: one for one in agreement.protected}
    if not kept:
        return ()
    standing = [protected_activity(one, agreement) for one in agreement.protected]
    field = lay_out([*activities, *standing], agreement.heights, progress)
    ours = {standing[0].party}
    is_kept = np.array([ref.party in ours for ref in field.refs], bool)
    is_radio = np.array([volume.arena is Arena.SPECTRUM for volume in field.volumes], bool)
    near = candidates(
        field.columns,
        np.flatnonzero(is_kept),
        np.flatnonzero(~is_kept & ~is_radio),
        Reach.of(_TOUCHING),
        within=True,
    )
    kinds = {(one.party, one.id): one.kind for one in activities}
    found: list[Conflict] = []
    for i, j in zip(*field.asked(near, question), strict=True):
        guard, other = (i, j) if is_kept[i] else (j, i)
        one = kept[field.refs[guard].activity]
        ref = field.refs[other]
        finding = None
        if kinds[ref.party, ref.activity] not in one.kinds:
            finding = _judged(field, int(i), int(j), one, agreement)
        if finding is not None:
            a, b = sorted((field.refs[i], field.refs[j]))
            found.append(Conflict(a, b, finding))
    return tuple(sorted(found, key=lambda c: (c.a, c.b)))


def _judged(
    field: Field, i: int, j: int, one: ProtectedVolume, agreement: Agreement
) -> Finding | None:
    citation = Citation(RULE, one.clause)
    finding = judge_minima(
        field.volumes[i], field.volumes[j], _TOUCHING, agreement.heights, citation
    )
    if finding is None:
        return None
    contact = f" Contact: {one.contact}." if one.contact else ""
    said = f"In protected volume {one.title or one.id}, whatever notice was given."
    return replace(finding, why=f"{said} {finding.why}{contact}")
