"""The two sides of a link: what an emission may do at worst, and what a receiver bears at least.

What is not declared is taken on the safe side, and `assumed` says what was taken.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.criterion_text import read
from wideberth.model.protection import Criterion, CriterionKind, Protection
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Volume
from wideberth.spectrum import mask
from wideberth.spectrum.designator import parse
from wideberth.spectrum.noise import limit_dbm
from wideberth.units import HERTZ_PER_MEGAHERTZ

DEFAULT_CRITERION: Final = Criterion(CriterionKind.I_N, -6.0)
DEFAULT_NOISE_FIGURE_DB: Final = 5.0
DEFAULT_SOURCE: Final = "default where nothing is declared: I/N -6 dB"
_NOTHING: Final = Radio()


@dataclass(frozen=True, slots=True)
class Emission:
    """An emission at its worst: band, power in any direction, what it spills beside its band.

    skirt: counted from the edges of the band. harmonics_db: how far its harmonics are below it.
    """

    low_hz: float
    high_hz: float
    eirp_dbm: float
    is_declared: bool
    skirt: mask.Mask
    harmonics_db: float
    antenna: Antenna | None
    assumed: tuple[str, ...]

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
    skirt: mask.Mask
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
    def spread_hz(self) -> float:
        """Return how far beside its band it still hears more than through its floor."""
        return self.skirt.edges_hz[1]


def emission_of(volume: Volume, rules: SpectrumRules) -> Emission:
    """Return what a volume that radiates may do at worst."""
    assert volume.freq is not None
    radio, band = volume.radio or _NOTHING, volume.freq
    assumed = []
    eirp_dbm = volume.eirp_dbm
    if eirp_dbm is None:
        eirp_dbm = rules.undeclared_eirp_dbm
        assumed.append(f"no power is declared; {eirp_dbm:g} dBm EIRP was taken")
    width_hz = band.high_hz - band.low_hz
    power_dbm, is_radar = _power_dbm(eirp_dbm, radio), _is_radar(radio)
    if radio.mask:
        skirt = mask.skirt(mask.declared(radio.mask), width_hz / 2.0)
    else:
        if radio.emission:  # the band may be that of its tuning; this is what it fills at once
            width_hz = min(width_hz, parse(radio.emission).bandwidth_hz)
        skirt = _default_spill(width_hz, power_dbm, is_radar=is_radar)
        assumed.append("no emission mask is declared; that of SM.1541 was taken (not verified)")
    harmonics_db = radio.harmonics_db
    if harmonics_db is None:
        harmonics_db = mask.spurious_db(power_dbm, is_radar=is_radar)
        assumed.append(f"harmonics were taken to be {harmonics_db:g} dB below the carrier")
    return Emission(
        low_hz=band.low_hz,
        high_hz=band.high_hz,
        eirp_dbm=eirp_dbm,
        is_declared=volume.eirp_dbm is not None,
        skirt=skirt,
        harmonics_db=harmonics_db,
        antenna=radio.antenna,
        assumed=tuple(assumed),
    )


def _power_dbm(eirp_dbm: float, radio: Radio) -> float:
    """Return the power of the transmitter itself: EIRP less the gain, where that is declared."""
    return eirp_dbm - (0.0 if radio.antenna is None else max(0.0, radio.antenna.gain_dbi))


def _is_radar(radio: Radio) -> bool:
    return radio.antenna is not None and radio.antenna.kind is AntennaKind.RADAR


@lru_cache(maxsize=4096)
def _default_spill(width_hz: float, power_dbm: float, *, is_radar: bool) -> mask.Mask:
    """Return what an emission without a mask spills beside its band."""
    whole = mask.default_emission(width_hz, power_dbm, is_radar=is_radar)
    return mask.skirt(whole, width_hz / 2.0)


@lru_cache(maxsize=4096)
def _default_response(bandwidth_hz: float, floor_db: float) -> mask.Mask:
    """Return what a receiver without a mask still hears beside its band."""
    whole = mask.default_selectivity(bandwidth_hz, floor_db=floor_db)
    return mask.skirt(whole, bandwidth_hz / 2.0)


def reception_of(volume: Volume, rules: SpectrumRules) -> Reception:
    """Return what a volume that listens bears at least: of several rows that fit, the strictest."""
    assert volume.freq is not None
    rows = _rows(volume, rules)
    found = [_reception(volume, volume.freq, row, rules) for row in rows or (None,)]
    return min(found, key=lambda r: (_least(r.limit_dbm) - r.gain_dbi, r.service))


def _least(limit_dbm: float | None) -> float:
    return float("-inf") if limit_dbm is None else limit_dbm


def _rows(volume: Volume, rules: SpectrumRules) -> tuple[Protection, ...]:
    """Return the protection data of a receiver: of its service, else all whose band it lies in."""
    radio, band = volume.radio or _NOTHING, volume.freq
    named = rules.protection(radio.service) if radio.service else None
    if named is not None:
        return (named,)
    if volume.criterion or band is None:
        return ()
    return tuple(
        row
        for row in rules.protections
        if row.band.low_hz < band.high_hz and band.low_hz < row.band.high_hz
    )


def _reception(
    volume: Volume, band: FrequencyBand, row: Protection | None, rules: SpectrumRules
) -> Reception:
    radio = volume.radio or _NOTHING
    assumed: list[str] = []
    width_hz = band.high_hz - band.low_hz
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
    return Reception(
        low_hz=band.low_hz,
        high_hz=band.high_hz,
        bandwidth_hz=bandwidth_hz,
        limit_dbm=limit,
        gain_dbi=gain_dbi,
        skirt=_selectivity_skirt(radio, bandwidth_hz, rules, assumed),
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
            return None, "declared by its owner", (f"{error.what.rstrip('.')}: not cleared",)
    if row is not None:
        return row.criterion, row.source, ()
    return DEFAULT_CRITERION, DEFAULT_SOURCE, ()


def _selectivity_skirt(
    radio: Radio, bandwidth_hz: float, rules: SpectrumRules, assumed: list[str]
) -> mask.Mask:
    if radio.mask:
        return mask.skirt(mask.declared(radio.mask), bandwidth_hz / 2.0)
    floor_db = rules.rejection_floor_db
    assumed.append(f"no selectivity is declared; at most {floor_db:g} dB was taken (not verified)")
    return _default_response(bandwidth_hz, floor_db)


def _overload(row: Protection | None) -> float | None:
    return None if row is None else row.overload_dbm


def _together(one: FrequencyBand, other: FrequencyBand) -> FrequencyBand:
    return FrequencyBand(min(one.low_hz, other.low_hz), max(one.high_hz, other.high_hz))


def _spoken(band: FrequencyBand) -> str:
    middle_mhz = (band.low_hz + band.high_hz) / 2.0 / HERTZ_PER_MEGAHERTZ
    return f"receiver at {middle_mhz:.9g} MHz"
