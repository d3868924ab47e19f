"""Which channels of a band are free in an area and window, cleanest first.

Asked of the rules that a check asks, channel by channel, all at once. Where it cannot look closely
it errs to "not free": a channel that is called free gives no conflict when an emission (or a
receiver) like the one asked for is declared there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.arenas import all_rules, standing_activities
from wideberth.assessing.channel_band import Band, Found, band_of
from wideberth.assessing.channel_emitting import emitting
from wideberth.assessing.channel_listening import listening
from wideberth.engine.detect import not_judged
from wideberth.engine.field import Progress, Question, lay_out, no_progress
from wideberth.errors import ImpossibleValueError
from wideberth.interference.craft import equipped
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import NotJudged
from wideberth.model.footprint import Footprint
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Role

MOST_CHANNELS: Final = 20_000
MOST_PATHS: Final = 400  # different ones; the first look at one takes about 10 ms
NAMED: Final = 3
LIKELY_EIRP_DBM: Final = 40.0
LIKELY_HEIGHT_M: Final = 10.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to do in one channel of a band.

    role: emit or receive. height_m: above the sea at most. party: who asks; what is its own is not
    held against it. eirp_dbm counts where it emits.
    """

    band: FrequencyBand
    width_hz: float
    area: Footprint
    window: TimeWindow
    role: Role = Role.EMIT
    eirp_dbm: float = LIKELY_EIRP_DBM
    height_m: float = LIKELY_HEIGHT_M
    party: str = ""

    def __post_init__(self) -> None:
        if self.role is Role.GUARD:
            raise ImpossibleValueError("a channel is free to emit or to receive.")
        if not (math.isfinite(self.width_hz) and self.width_hz > 0.0):
            raise ImpossibleValueError("the width of a channel is not above zero.")
        if not 0.0 <= self.height_m <= 100_000.0:
            raise ImpossibleValueError("the height is not within 0 to 100,000 m.")
        if not -100.0 <= self.eirp_dbm <= 150.0:
            raise ImpossibleValueError("the EIRP is not within -100 to 150 dBm.")
        if not 1 <= self.count <= MOST_CHANNELS:
            raise ImpossibleValueError(
                f"the band has {self.count:,} channels of this width; 1 to {MOST_CHANNELS:,} can be"
                " asked for.",
                remedy="Ask for a part of the band, or for wider channels.",
            )

    @property
    def count(self) -> int:
        """Return how many whole channels the band has."""
        span_hz = self.band.high_hz - self.band.low_hz
        return int(min(1e9, span_hz / self.width_hz + 1e-9))


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel: whether it is free, by how much, and who is in the way (the first few).

    margin_db: the least of all receivers', among those less than 20 dB below their limit; None:
    there is none of them. held_by counts all.
    """

    low_hz: float
    high_hz: float
    margin_db: float | None
    held_by: int
    reasons: tuple[Found, ...]

    @property
    def is_free(self) -> bool:
        """Return whether nothing is in the way."""
        return self.held_by == 0


@dataclass(frozen=True, slots=True)
class FreeChannels:
    """All channels, cleanest first, those that are not free last.

    not_judged: what no rule covers; where there is some, "free" means free of what was judged.
    screened: for how many channels the first screen's answer was taken, without a closer look.
    """

    wish: Wish
    channels: tuple[Channel, ...]
    not_judged: tuple[NotJudged, ...]
    screened: int
    agreement: Agreement

    @property
    def free(self) -> tuple[Channel, ...]:
        """Return the free ones, cleanest first."""
        return tuple(channel for channel in self.channels if channel.is_free)


def free(
    activities: Sequence[Activity],
    agreement: Agreement,
    wish: Wish,
    *,
    most_paths: int = MOST_PATHS,
    progress: Progress = no_progress,
) -> FreeChannels:
    """Return which channels are free for a wish under an agreement.

    most_paths: of so many different paths (frequency and heights) a propagation model is asked.
    """
    present = [equipped(a, agreement.spectrum) for a in activities if not a.is_over]
    standing = standing_activities(agreement)
    band = band_of(wish.band, wish.width_hz, wish.count)
    ask = emitting if wish.role is Role.EMIT else listening
    answer = ask(present, standing, agreement, band.probes(wish), progress, most_paths)
    channels = [
        Channel(*edges, answer.margin_db.get(k), len(found), tuple(found[:NAMED]))
        for k, edges in enumerate(band.edges)
        for found in (list(answer.held.get(k, {}).values()),)
    ]
    channels.sort(key=_cleanest_first)
    return FreeChannels(
        wish,
        tuple(channels),
        _not_judged(present, agreement, band, wish),
        len(answer.screened),
        agreement,
    )


def _cleanest_first(channel: Channel) -> tuple[int, float, float]:
    margin_db = math.inf if channel.margin_db is None else channel.margin_db
    return channel.held_by, -margin_db, channel.low_hz


def _not_judged(
    present: Sequence[Activity], agreement: Agreement, band: Band, wish: Wish
) -> tuple[NotJudged, ...]:
    """Return what no rule covers where and when the wish is."""
    probe = band.probes(wish).whole
    field = lay_out([*present, probe], agreement.heights)
    question = Question(agreement.heights, about=frozenset({(probe.party, probe.id)}))
    return not_judged(field, all_rules(agreement), question)
