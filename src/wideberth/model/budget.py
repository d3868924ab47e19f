"""A link budget: what is reckoned to reach a receiver, and every figure it was made of."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """EXCEEDED: above the limit. NO_MODEL: no figure, so not cleared. CLEARED: by a model."""

    EXCEEDED = "exceeded"
    NO_MODEL = "no model"
    CLEARED = "cleared"


class Case(StrEnum):
    """In which way an emission harms."""

    IN_BAND = "in band"
    OUT_OF_BAND = "out of band"
    BLOCKING = "blocking"
    HARMONIC = "harmonic"
    INTERMODULATION = "intermodulation"
    AGGREGATE = "aggregate"


@dataclass(frozen=True, slots=True, order=True)
class Contributor:
    """One of several emissions that harm together, and what of it arrives (None: not known)."""

    party: str
    activity: str
    volume: str
    power_dbm: float | None


@dataclass(frozen=True, slots=True)
class LinkBudget:
    """interference_dbm = eirp_dbm - loss_db - rejection_db + gain_dbi, against limit_dbm.

    At the receiver's antenna port, in its bandwidth. None: not known. service: the row of the
    protection data, with its source and whether its figures were verified. model: by which the
    loss was reckoned, with its version. inputs: all other figures that went in, by name. data:
    files that went in, (name, SHA-256). need_m, need_dbm: from what distance on, and with what
    EIRP, it would be borne in free space. assumed: what was not declared and what was taken for it.
    """

    case: Case
    verdict: Verdict
    service: str
    source: str
    verified: bool
    freq_hz: float
    distance_m: float
    eirp_dbm: float | None
    loss_db: float | None
    rejection_db: float | None
    gain_dbi: float
    interference_dbm: float | None
    limit_dbm: float | None
    model: str
    inputs: tuple[tuple[str, float | str], ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    contributors: tuple[Contributor, ...] = ()
    need_m: float | None = None
    need_dbm: float | None = None
    assumed: tuple[str, ...] = ()

    @property
    def margin_db(self) -> float | None:
        """Return limit less interference: below zero where it is too much."""
        if self.limit_dbm is None or self.interference_dbm is None:
            return None
        return self.limit_dbm - self.interference_dbm
