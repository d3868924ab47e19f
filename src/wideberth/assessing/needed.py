"""From what distance on a receiver would bear an emission, by the model that speaks of the path."""

import math
from dataclasses import dataclass, replace
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.interference.budgets import loss_of
from wideberth.interference.figures import Figures
from wideberth.model.budget import Case, LinkBudget
from wideberth.spectrum.validity import LEAST_FREQ_HZ

FARTHEST_M: Final = 1_800_000.0  # P.528 ends here
NEAREST_M: Final = 1.0
CLOSE: Final = 1.0005  # an answer is at most so much too far


@dataclass(frozen=True, slots=True)
class Needed:
    """The distance from which on all is borne; None: why says why there is none."""

    distance_m: float | None
    why: str = ""


def needed(budget: LinkBudget) -> Needed:
    """Return the least distance that the model in force bears, all else as it is.

    Along the straight line between the ends, by halving, rounded away from the receiver: the loss
    never falls with distance. What arrives from several emissions has no distance of its own.
    """
    if budget.limit_dbm is None:
        return Needed(None, "what the receiver bears is not known")
    if budget.case is Case.AGGREGATE:
        return Needed(None, "several emissions add up: lower their power, or move one of them away")
    try:
        figures = Figures.of(budget)
    except ImpossibleValueError:
        return Needed(None, "distance plays no part in it")
    if figures.freq_hz < LEAST_FREQ_HZ:
        return Needed(None, "no model speaks below 30 MHz")
    spare_db = figures.before_loss_dbm - budget.limit_dbm
    if not _is_borne(figures, FARTHEST_M, spare_db):
        return Needed(None, "no distance up to 1,800 km is enough")
    return Needed(_nearest(figures, spare_db))


def _nearest(figures: Figures, spare_db: float) -> float:
    """Return the least distance at which so much is lost, by halving its logarithm."""
    if _is_borne(figures, NEAREST_M, spare_db):
        return NEAREST_M
    near_m, far_m = NEAREST_M, FARTHEST_M
    while far_m > near_m * CLOSE:
        middle_m = math.sqrt(near_m * far_m)
        if _is_borne(figures, middle_m, spare_db):
            far_m = middle_m
        else:
            near_m = middle_m
    return far_m


def _is_borne(figures: Figures, distance_m: float, spare_db: float) -> bool:
    return loss_of(replace(figures, distance_m=distance_m)).loss_db >= spare_db
