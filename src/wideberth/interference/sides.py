"""The two sides of a link: what an emission may do at worst, and what a receiver bears at least.

What is not declared is taken on the safe side, and `assumed` says what was taken.
"""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.interference.skirts import (
    MOST_SAID,
    NOT_CLEARED,
    Shape,
    declared_shape,
    default_response,
    default_spill,
    filled_hz,
    reckoned,
    width_hz_of,
)
from wideberth.model.criterion_text import read
from wideberth.model.protection import Criterion, CriterionKind, Protection
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Volume
from wideberth.spectrum import mask
from wideberth.spectrum.noise import limit_dbm
from wideberth.units import HERTZ_PER_MEGAHERTZ

OTHERS: Final = "default"  # the row for receivers that no other describes
DEFAULT_CRITERION: Final = Criterion(CriterionKind.I_N, -6.0)
DEFAULT_NOISE_FIGURE_DB: Final = 5.0
DEFAULT_SOURCE: Final = "default where nothing is declared: I/N -6 dB"
MOST_POWER_DBM: Final = 500.0  # more or less than this way is a slip, or meant to harm
_NOTHING: Final = Radio()


@dataclass(frozen=True, slots=True)
class Emission:
    """An emission at its worst: band, power in any direction, what it spills beside its band.

    skirt: counted from the edges of the band. shape: what its declared mask says; None: nothing is
    known of its density, and it may be a carrier anywhere in the band. harmonics_db: how far its
    harmonics are below it.
    """

    low_hz: float
    high_hz: float
    eirp_dbm: float
    is_declared: bool
    skirt: mask.Mask
    harmonics_db: float
    antenna: Antenna | None
    assumed: tuple[str, ...]
    shape: Shape | None = None

    @property
    def spill_hz(self) -> float:
        """Return how far beside its band it may be above its spurious floor."""
        return self.skirt.edges_hz[1]


@dataclass(frozen=True, slots=True)
class Reception:
    """A receiver at its most sensitive.

    limit_dbm: the greatest interference at its antenna port in its own bandwidth; None: nobody can
    say. front: the band in which all power together may block it, from overload_dbm on.
    """

    low_hz: float
    high_hz: float
    bandwidth_hz: float
    limit_dbm: float | None
    gain_dbi: float
    shape: Shape
    front: FrequencyBand
    overload_dbm: float | None
    iip3_dbm: float | None
    antenna: Antenna | None
    service: str
    source: str
    verified: bool
    safety: bool
    assumed: tuple[str, ...]

    @property
    def skirt(self) -> mask.Mask:
        """Return what it keeps out beside its band, counted from the edges."""
        return self.shape.skirt

    @property
    def spread_hz(self) -> float:
        """Return how far beside its band it still hears more than through its floor."""
        return self.skirt.edges_hz[1]


def emission_of(volume: Volume, rules: SpectrumRules) -> Emission:
    """Return what a volume that radiates may do at worst."""
    assert volume.freq is not None
    radio, band = volume.radio or _NOTHING, reckoned(volume.freq)
    assumed: list[str] = []
    eirp_dbm = volume.eirp_dbm
    is_declared = eirp_dbm is not None and abs(eirp_dbm) <= MOST_POWER_DBM
    if eirp_dbm is None or not is_declared:
        eirp_dbm = rules.undeclared_eirp_dbm
        assumed.append(f"no power is declared; {eirp_dbm:g} dBm EIRP was taken")
    power_dbm, is_radar = _power_dbm(eirp_dbm, radio), _is_radar(radio)
    shape = declared_shape(radio, width_hz_of(band), assumed)
    if shape is not None:
        skirt = shape.skirt
    else:
        width_hz = filled_hz(radio, band, assumed)
        skirt = default_spill(width_hz, power_dbm, is_radar=is_radar)
        assumed.append("no emission mask is declared; that of SM.1541 was taken (not verified)")
    harmonics_db = radio.harmonics_db
    if harmonics_db is None:
        harmonics_db = mask.spurious_db(power_dbm, is_radar=is_radar)
        assumed.append(f"harmonics were taken to be {harmonics_db:g} dB below the carrier")
    return Emission(
        low_hz=band.low_hz,
        high_hz=band.high_hz,
        eirp_dbm=eirp_dbm,
        is_declared=is_declared,
        skirt=skirt,
        harmonics_db=harmonics_db,
        antenna=radio.antenna,
        assumed=tuple(assumed),
        shape=shape,
    )


def _power_dbm(eirp_dbm: float, radio: Radio) -> float:
    """Return the power of the transmitter itself: EIRP less the gain, where that is declared."""
    return eirp_dbm - (0.0 if radio.antenna is None else max(0.0, radio.antenna.gain_dbi))


def _is_radar(radio: Radio) -> bool:
    return radio.antenna is not None and radio.antenna.kind is AntennaKind.RADAR


def reception_of(volume: Volume, rules: SpectrumRules) -> Reception:
    """Return what a volume that listens bears at least: of several rows that fit, the strictest."""
    assert volume.freq is not None
    rows = _rows(volume, rules)
    found = [_reception(volume, reckoned(volume.freq), row, rules) for row in rows or (None,)]
    strictest = min(found, key=lambda r: (_least(r.limit_dbm) - r.gain_dbi, r.service))
    blocked = [one for one in found if one.overload_dbm is not None]
    if not blocked:
        return strictest
    weakest = min(blocked, key=lambda r: ((r.overload_dbm or 0.0) - r.gain_dbi, r.service))
    more_db = strictest.gain_dbi - weakest.gain_dbi
    return replace(
        strictest,
        overload_dbm=(weakest.overload_dbm or 0.0) + more_db,
        front=reduce(_together, (one.front for one in blocked)),
    )


def _least(limit_dbm: float | None) -> float:
    return float("-inf") if limit_dbm is None else limit_dbm


def _rows(volume: Volume, rules: SpectrumRules) -> tuple[Protection, ...]:
    """Return the protection data of a receiver: of its service, else all whose band it lies in.

    The row for other receivers only where there is none.
    """
    radio, band = volume.radio or _NOTHING, volume.freq
    named = rules.protection(radio.service) if radio.service else None
    if named is not None:
        return (named,)
    if volume.criterion or band is None:
        return ()
    fitting = tuple(
        row
        for row in rules.protections
        if not row.only_named and row.band.low_hz < band.high_hz and band.low_hz < row.band.high_hz
    )
    other = rules.protection(OTHERS)
    return fitting or (() if other is None else (other,))


def _reception(
    volume: Volume, band: FrequencyBand, row: Protection | None, rules: SpectrumRules
) -> Reception:
    radio = volume.radio or _NOTHING
    assumed: list[str] = []
    if radio.service and rules.protection(radio.service) is None:
        said = radio.service[:MOST_SAID]
        assumed.append(f"no row of protection data describes {said!r}; its band was gone by")
    width_hz = width_hz_of(band)
    bandwidth_hz = min(width_hz, row.bandwidth_hz) if row else width_hz
    noise_figure_db = radio.noise_figure_db
    if noise_figure_db is None:
        noise_figure_db = row.noise_figure_db if row else DEFAULT_NOISE_FIGURE_DB
        assumed.append(f"a noise figure of {noise_figure_db:g} dB was taken")
    gain_dbi = row.gain_dbi if row else 0.0
    if radio.antenna is not None:
        gain_dbi = radio.antenna.gain_dbi
    else:
        assumed.append(f"the antenna is not declared; {gain_dbi:g} dBi was taken in all directions")
    criterion, source, unread = _criterion(volume, row)
    limit = None
    if criterion is not None:
        limit = float(limit_dbm(criterion, bandwidth_hz, noise_figure_db)) - rules.margin_db
        if not abs(limit) <= MOST_POWER_DBM:
            limit, unread = None, (f"the criterion gives no power{NOT_CLEARED}",)
    return Reception(
        low_hz=band.low_hz,
        high_hz=band.high_hz,
        bandwidth_hz=bandwidth_hz,
        limit_dbm=limit,
        gain_dbi=gain_dbi,
        shape=_selectivity(radio, bandwidth_hz, rules, assumed),
        front=_together(band, row.band) if row else band,
        overload_dbm=radio.overload_dbm if radio.overload_dbm is not None else _overload(row),
        iip3_dbm=radio.iip3_dbm,
        antenna=radio.antenna,
        service=row.title if row else _spoken(band),
        source=source,
        verified=row.verified if row and not volume.criterion else bool(volume.criterion),
        safety=row is not None and row.safety,
        assumed=(*unread, *assumed),
    )


def _criterion(
    volume: Volume, row: Protection | None
) -> tuple[Criterion | None, str, tuple[str, ...]]:
    """Return the criterion, where it is from, and what could not be read; None: none known."""
    if volume.criterion:
        try:
            return read(volume.criterion), "declared by its owner", ()
        except ImpossibleValueError as error:
            return None, "declared by its owner", (f"{error.what.rstrip('.')}{NOT_CLEARED}",)
    if row is not None:
        return row.criterion, row.source, ()
    return DEFAULT_CRITERION, DEFAULT_SOURCE, ()


def _selectivity(
    radio: Radio, bandwidth_hz: float, rules: SpectrumRules, assumed: list[str]
) -> Shape:
    floor_db = min(rules.rejection_floor_db, mask.MOST_FLOOR_DB)
    shape = declared_shape(radio, bandwidth_hz, assumed, floor_db)
    if shape is not None:
        return shape
    assumed.append(f"no selectivity is declared; at most {floor_db:g} dB was taken (not verified)")
    return default_response(bandwidth_hz, floor_db)


def _overload(row: Protection | None) -> float | None:
    return None if row is None else row.overload_dbm


def _together(one: FrequencyBand, other: FrequencyBand) -> FrequencyBand:
    return FrequencyBand(min(one.low_hz, other.low_hz), max(one.high_hz, other.high_hz))


def _spoken(band: FrequencyBand) -> str:
    middle_mhz = (band.low_hz + band.high_hz) / 2.0 / HERTZ_PER_MEGAHERTZ
    return f"receiver at {middle_mhz:.9g} MHz"
