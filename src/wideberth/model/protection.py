"""What a radio service needs to work: the criterion for its receivers, where from, how sure."""

import math
from dataclasses import dataclass
from enum import StrEnum

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand


class CriterionKind(StrEnum):
    """How the greatest interference that a receiver bears is given, at its antenna port.

    I_N: dB beside its noise. POWER: dBm in a reference bandwidth (none: in the receiver's own).
    CARRIER: dB by which the wanted signal, `desired_dbm`, must be above it.
    """

    I_N = "i_n_db"
    POWER = "power_dbm"
    CARRIER = "carrier_db"


@dataclass(frozen=True, slots=True)
class Criterion:
    """The greatest interference; margin_db is a safety margin asked for beside it.

    Exactly the limit is borne; more is a finding.
    """

    kind: CriterionKind
    value: float
    reference_hz: float | None = None
    desired_dbm: float | None = None
    margin_db: float = 0.0

    def __post_init__(self) -> None:
        if not math.isfinite(self.value) or not 0.0 <= self.margin_db <= 100.0:
            raise ImpossibleValueError("a criterion's value or margin is out of range.")
        if self.kind is CriterionKind.CARRIER and self.desired_dbm is None:
            raise ImpossibleValueError(
                "a criterion beside the wanted signal does not say how weak that may be.",
                remedy="Give desired_dbm.",
            )
        if self.reference_hz is not None and not self.reference_hz > 0.0:
            raise ImpossibleValueError("a reference bandwidth is not above zero.")


@dataclass(frozen=True, slots=True)
class Protection:
    """One row of the protection data.

    band: where such receivers work. listens: the bands of one receiver aboard a craft (empty: the
    whole band). bandwidth_hz: of one channel. gain_dbi: greatest gain of its antenna where none is
    declared. overload_dbm: total power in the band that blocks it. safety: lives hang on it.
    only_named: holds for receivers that name the service, and not for all others in its band.
    source: the standard and its clause; verified: whether the figures were read there.
    """

    id: str
    title: str
    band: FrequencyBand
    bandwidth_hz: float
    criterion: Criterion
    source: str
    verified: bool
    listens: tuple[FrequencyBand, ...] = ()
    noise_figure_db: float = 5.0
    gain_dbi: float = 0.0
    overload_dbm: float | None = None
    safety: bool = False
    only_named: bool = False

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.source.strip():
            raise ImpossibleValueError("a row of protection data has no id or no source.")
        if not self.bandwidth_hz > 0.0:
            raise ImpossibleValueError(f"protection {self.id!r} has no bandwidth.")


@dataclass(frozen=True, slots=True)
class Equipage:
    """What a kind of craft listens with: rows of the protection data, by id."""

    id: str
    title: str
    arena: str
    receivers: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.receivers:
            raise ImpossibleValueError("an equipage has no id or no receiver.")
