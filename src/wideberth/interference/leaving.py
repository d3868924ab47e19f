"""What leaves by one source of a site, from the strongest, and what bounds all that is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from wideberth.interference.choices import Choices, Tuning, choices
from wideberth.interference.coupling import Codes, Coupled, Floats
from wideberth.interference.ears import Ears
from wideberth.spectrum.intermodulation import CONVERSION_DB, FORMS, off_tune_db

MOST_EXACT: Final = 4  # products of one source in one receiver; of the rest what bounds them all
_WIDEST: Final = max(form.order for form in FORMS)


@dataclass(slots=True)
class Leaving:
    """The choices of one source, each number of neighbours laid out once."""

    site: Coupled
    ears: Ears
    source: int
    spans_hz: tuple[Floats, Floats]
    _laid: dict[int, Choices] = field(default_factory=dict)
    _ranked: dict[tuple[int, int], tuple[Codes, Floats]] = field(default_factory=dict)
    _others: Codes | None = None

    @property
    def others(self) -> Codes:
        """Return the neighbours, the strongest first."""
        if self._others is None:
            self._others = self.site.nearby(self.source)
        return self._others

    def laid(self, count: int) -> Choices:
        """Return the choices with the strongest of the neighbours."""
        count = min(count, len(self.others))
        if count not in self._laid:
            others = self.others[:count]
            self._laid[count] = choices(self.site, self.source, others, self.spans_hz)
        return self._laid[count]

    def freq_hz(self, table: Choices, rows: Codes, ear: int) -> Floats:
        """Return at which frequencies products are reckoned on their way."""
        lowest_hz = np.minimum(table.low_hz[rows], self.ears.low_hz[ear])
        return np.asarray(np.maximum(1.0, lowest_hz))

    def best(self, count: int, ear: int) -> float:
        """Return the strongest that falls into a band, at 1 Hz and 1 m; minus infinity: none."""
        _, score = self._scores(self.laid(count), ear)
        return float(score.max(initial=-np.inf))

    def ranked(self, count: int, ear: int) -> tuple[Choices, Codes, Floats]:
        """Return the choices, those that fall into a band from the strongest, and how strong."""
        table = self.laid(count)
        key = min(count, len(self.others)), int(self.ears.kind[ear])
        if key not in self._ranked:
            hits, score = self._scores(table, ear)
            keys = (*table.emitter[hits].T[::-1], table.form[hits], -score)
            order = np.lexsort(keys)
            self._ranked[key] = hits[order], score[order]
        return table, *self._ranked[key]

    def rest(self, count: int, ear: int) -> float:
        """Return what the choices with other neighbours are no stronger than."""
        if count >= len(self.others):
            return -np.inf
        site, ears, source = self.site, self.ears, self.source
        wide_hz = _WIDEST * float((site.high_hz - site.low_hz).max())
        low_hz = max(1.0, ears.low_hz[ear] - wide_hz)
        own_hz = site.low_hz[source], site.high_hz[source]
        tuning_db = off_tune_db(low_hz, ears.high_hz[ear] + wide_hz, *own_hz)
        incoming_dbm = site.incoming_dbm[source, self.others[count]]
        leaving_dbm = incoming_dbm - CONVERSION_DB - tuning_db + max(0.0, site.gain_dbi[source])
        return float(leaving_dbm - (0.0 if ears.is_guard[ear] else 20.0 * np.log10(low_hz)))

    def _scores(self, table: Choices, ear: int) -> tuple[Codes, Floats]:
        ears = self.ears
        is_hit = (table.high_hz > ears.low_hz[ear]) & (table.low_hz < ears.high_hz[ear])
        hits = np.flatnonzero(is_hit)
        score = table.leaving_dbm[hits]
        if not ears.is_guard[ear]:
            score = score - 20.0 * np.log10(self.freq_hz(table, hits, ear))
        return hits, score


def worth(tuning: Codes, freq_hz: Floats) -> Iterator[tuple[int, float]]:
    """Yield which of products from the strongest to look at, each with a frequency.

    A weaker one only if it goes at a lower frequency, at which less is lost, or by another beam.
    After so many, one more stands for all that are left: the strongest of them at the lowest.
    """
    for beam in (True, False):
        rows = np.flatnonzero((tuning == Tuning.WHOLLY) == beam)
        lowest = np.minimum.accumulate(np.append(np.inf, freq_hz[rows]))
        rows = rows[freq_hz[rows] < lowest[:-1]]
        for number, row in enumerate(rows.tolist()):
            if number == MOST_EXACT:
                yield row, float(freq_hz[rows].min())
                break
            yield row, float(freq_hz[row])
