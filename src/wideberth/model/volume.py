"""A volume: footprint x height x time x frequency, in one arena."""

from dataclasses import dataclass
from enum import StrEnum

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Footprint, Track
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow


class Arena(StrEnum):
    """Where a volume lives."""

    AIR = "air"
    SEA = "sea"
    SPECTRUM = "spectrum"


class Role(StrEnum):
    """What a spectrum volume does: radiates, listens, or guards a band nobody may radiate in."""

    EMIT = "emit"
    RECEIVE = "receive"
    GUARD = "guard"


@dataclass(frozen=True, slots=True)
class Volume:
    """What an activity takes up.

    id: unique within the activity. freq and role are given for spectrum and only there;
    freq None means "does not radiate or listen", never "all bands". eirp_dbm: None is undeclared.
    radio: what else is declared of the transmitter or receiver.
    A track's window is that of its first and last times.
    """

    id: str
    arena: Arena
    footprint: Footprint
    height: HeightBand
    time: TimeWindow
    freq: FrequencyBand | None = None
    role: Role | None = None
    eirp_dbm: float | None = None
    criterion: str = ""
    radio: Radio | None = None

    def __post_init__(self) -> None:
        spectrum = self.arena is Arena.SPECTRUM
        if spectrum and (self.freq is None or self.role is None):
            raise ImpossibleValueError(
                "a spectrum volume has no frequency band or no role.",
                remedy="Give the band and whether it emits or receives.",
            )
        if not spectrum and any(v is not None for v in (self.freq, self.role, self.radio)):
            raise ImpossibleValueError(
                f"a volume in the {self.arena} arena carries a frequency, a role or a radio.",
                remedy="Declare the emission as a spectrum volume of the same activity.",
            )
        if isinstance(self.footprint, Track):
            times_s = self.footprint.times_s
            if (self.time.start_s, self.time.end_s) != (times_s[0], times_s[-1]):
                raise ImpossibleValueError("a track has a window other than its times.")
