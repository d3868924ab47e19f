"""The products of a site that may be too much, as far as free space tells: the worst come first.

Of n emitters with m neighbours each, n m^2 choices are looked at, in arrays; where all are alike,
n times LEAST_NEIGHBOURS^2. What is left is exact work for a few of each source and who listens.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.columns import NO_LINK
from wideberth.engine.field import Field
from wideberth.interference.choices import Choices, Tuning, choices
from wideberth.interference.coupling import Codes, Coupled, Floats
from wideberth.interference.ears import Ears, inside_most_dbm
from wideberth.interference.leaving import Leaving, worth
from wideberth.interference.products import Product, arriving_dbm
from wideberth.interference.ways import Ways
from wideberth.interference.within import falling, made_dbm, rest_dbm
from wideberth.spectrum.free_space import METRE_LOSS_DB
from wideberth.spectrum.intermodulation import (
    FORMS,
    NONE,
)

LEAST_NEIGHBOURS: Final = 8
SLACK_DB: Final = 1e-6
CHOICES_A_PAIR: Final = 15_000  # of two neighbours: as long as a pair of volumes takes to judge


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be too much: named for an emitter, at most so far above what is borne."""

    named: int
    over_db: float
    product: Product
    within: bool


@dataclass(slots=True)
class Mixtures:
    """A site and who listens; `survey` finds which of them to look at, `candidates` looks."""

    laid: Field
    owner: Codes
    site: Coupled
    ears: Ears
    ways: Ways
    neighbours: int = LEAST_NEIGHBOURS
    pairs: list[tuple[int, Codes]] = field(default_factory=list)
    _may_block: NDArray[np.bool] | None = None
    _powers_dbm: dict[int, Floats] = field(default_factory=dict)

    def survey(self) -> int:
        """Find which sources and listeners to look at; return how many pairs."""
        strongest = np.full(len(self.ears), -np.inf)
        margins = [self._margins_db(source) for source in range(len(self.site))]
        for source, margin_db in enumerate(margins):
            strongest = np.maximum(strongest, self._at_most_dbm(source, margin_db))
        inside_dbm = inside_most_dbm(strongest, self.ears.intercept_dbm)
        limit_dbm = self.ears.limit_dbm + self.ears.gain_dbi
        self._may_block = ~self.ears.is_guard & (inside_dbm > limit_dbm - SLACK_DB)
        for source, margin_db in enumerate(margins):
            may_hear = self._may_hear(source, margin_db) if len(self.site.nearby(source)) else None
            if may_hear is not None and may_hear.any():
                self.pairs.append((source, np.flatnonzero(may_hear)))
        return sum(self.efforts())

    def efforts(self) -> list[int]:
        """Return how much there is to look at for each source, in pairs of volumes judged."""
        assert self._may_block is not None
        more = len(self.site) ** 2 // CHOICES_A_PAIR
        found = [(len(ears), int(self._may_block[ears].sum())) for _, ears in self.pairs]
        return [count + more * blocked for count, blocked in found]

    def candidates(self, source: int, listening: Codes) -> Iterator[Candidate]:
        """Yield what of a source may be too much for some of those that listen."""
        assert self._may_block is not None
        tables = Leaving(self.site, self.ears, source, self.ears.spans_hz(listening))
        for ear in listening.tolist():
            path = self.ways.path(int(self.site.place[source]), int(self.ears.place[ear]))
            if path is None:
                continue
            margin_db = -self.ears.limit_dbm[ear]
            if not self.ears.is_guard[ear]:
                margin_db -= METRE_LOSS_DB + 20.0 * np.log10(max(1.0, path.distance_m))
            yield from self._leaving(tables, ear, float(margin_db))
            if self._may_block[ear]:
                yield from self._inside(source, ear)

    def _margins_db(self, source: int) -> Floats:
        """Return how far 1 Hz at 0 dBm would be above what each bears, at most."""
        ears = self.ears
        away_db = 20.0 * np.log10(ears.distance_m(self.laid, int(self.site.place[source])))
        return np.asarray(np.where(ears.is_guard, 0.0, -METRE_LOSS_DB - away_db) - ears.limit_dbm)

    def _at_most_dbm(self, source: int, margin_db: Floats) -> Floats:
        """Return what arrives of a source in each front end at most; minus infinity: not in it."""
        low_hz, ears = self.site.low_hz[source], self.ears
        is_in = (low_hz < ears.front_high_hz) & (ears.front_low_hz < self.site.high_hz[source])
        freq_db = 20.0 * np.log10(np.minimum(low_hz, ears.low_hz))
        with np.errstate(invalid="ignore"):
            found = self.site.eirp_dbm[source] + margin_db + ears.limit_dbm + ears.gain_dbi
        return np.where(is_in & np.isfinite(ears.limit_dbm), found - freq_db, -np.inf)

    def _may_hear(self, source: int, margin_db: Floats) -> NDArray[np.bool]:
        """Return who may hear a product that leaves by a source, or make it, at its strongest."""
        ears = self.ears
        assert self._may_block is not None
        at_most_dbm = np.full(len(ears), -np.inf)
        tables = Leaving(self.site, self.ears, source, ears.spans_hz())
        for kind, ear in zip(*np.unique(ears.kind, return_index=True), strict=True):
            members = ears.kind == kind
            most_db = float(margin_db[members].max())
            count = self.neighbours
            while True:
                best, rest = tables.best(count, int(ear)), tables.rest(count, int(ear))
                if rest <= best or rest + most_db <= -SLACK_DB:
                    break
                count *= 4
            at_most_dbm[members] = best
        at_once = (ears.start_s < self.site.end_s[source]) & (
            self.site.start_s[source] < ears.end_s
        )
        is_hit = np.isfinite(at_most_dbm)
        return np.asarray(
            at_once & is_hit & ((at_most_dbm + margin_db > -SLACK_DB) | self._may_block)
        )

    def _leaving(self, tables: Leaving, ear: int, margin_db: float) -> Iterator[Candidate]:
        """Yield the worst that leave by a source, by whom they are named for."""
        count = self.neighbours
        while True:
            table, hits, score = tables.ranked(count, ear)
            fits = self._is_heard(table, hits, ear)
            hits, score = hits[fits], score[fits]
            best = score[0] if len(score) else -np.inf
            rest = tables.rest(count, ear)
            if rest <= best or rest + margin_db <= -SLACK_DB:
                break
            count *= 4
        is_over = score + margin_db > -SLACK_DB
        hits, score = hits[is_over], score[is_over]
        named = self._named(table, hits, tables.source, ear)
        freq_hz = tables.freq_hz(table, hits, ear)
        for name in np.unique(named).tolist():
            mine = np.flatnonzero(named == name)
            for k, at_hz in worth(table.tuning[hits[mine]], freq_hz[mine]):
                row = int(hits[mine[k]])
                over_db = score[mine[k]] + margin_db
                if not self.ears.is_guard[ear]:
                    over_db += 20.0 * np.log10(freq_hz[mine[k]] / at_hz)
                product = self._product(table, row, tables.source, ear, at_hz)
                assert self._may_block is not None
                within = bool(self._may_block[ear])
                yield Candidate(name, float(over_db), product, within)

    def _inside(self, source: int, ear: int) -> Iterator[Candidate]:
        """Yield the worst that a receiver makes of a source's signal and others' near it."""
        site, power_dbm = self.site, self._power_dbm(ear)
        others = site.nearby(source)
        others = others[np.isfinite(power_dbm[others])]
        others = others[np.argsort(-power_dbm[others], kind="stable")]
        limit_dbm = self.ears.limit_dbm[ear] + self.ears.gain_dbi[ear]
        if not len(others) or not np.isfinite(power_dbm[source]):
            return
        own_dbm, most_dbm = float(power_dbm[source]), float(power_dbm[others[0]])
        most = np.array([max(own_dbm, most_dbm)]), self.ears.intercept_dbm[[ear]]
        if inside_most_dbm(*most)[0] <= limit_dbm:
            return
        spans_hz = self.ears.low_hz[[ear]], self.ears.high_hz[[ear]]
        intercept_dbm = float(self.ears.intercept_dbm[ear])
        codes = falling(site, self.ears, ear)
        count = self.neighbours
        while True:
            table = choices(site, source, others[:count], spans_hz)
            rows = np.flatnonzero(self._is_heard(table, np.arange(len(table.form)), ear))
            level_dbm = made_dbm(table, rows, power_dbm, intercept_dbm)
            best = level_dbm.max(initial=-np.inf)
            if count >= len(others):
                break
            weaker_dbm = float(power_dbm[others[count]])
            rest = rest_dbm(codes, (own_dbm, weaker_dbm, most_dbm), intercept_dbm)
            if rest <= max(best, limit_dbm):
                break
            count *= 4
        order = np.argsort(-level_dbm, kind="stable")
        rows, level_dbm = rows[order], level_dbm[order]
        rows, level_dbm = rows[level_dbm > limit_dbm], level_dbm[level_dbm > limit_dbm]
        named = self._named(table, rows, source, ear)
        for name, first in zip(*np.unique(named, return_index=True), strict=True):
            low_hz = min(table.low_hz[rows[first]], self.ears.low_hz[ear])
            product = self._product(table, int(rows[first]), source, ear, max(1.0, float(low_hz)))
            yield Candidate(int(name), float(level_dbm[first] - limit_dbm), product, within=True)

    def _power_dbm(self, ear: int) -> Floats:
        """Return what arrives of each emitter in a receiver's front end."""
        if ear not in self._powers_dbm:
            receiver = int(self.ears.place[ear])
            found = [arriving_dbm(place, receiver, self.ways) for place in self.site.place.tolist()]
            self._powers_dbm[ear] = np.array(found)
        return self._powers_dbm[ear]

    def _is_heard(self, table: Choices, rows: Codes, ear: int) -> NDArray[np.bool]:
        """Return which products are there with who listens, and not only of its own emitters."""
        ears = self.ears
        start_s = np.maximum(table.start_s[rows], ears.start_s[ear])
        end_s = np.minimum(table.end_s[rows], ears.end_s[ear])
        foreign = np.append(self._foreign(ear), values=False)  # the last for none
        is_foreign = foreign[table.emitter[rows]]
        is_any = is_foreign[:, 0] | is_foreign[:, 1] | is_foreign[:, 2]
        return np.asarray((start_s < end_s) & is_any)

    def _foreign(self, ear: int) -> NDArray[np.bool]:
        """Return which emitters are another's than who listens."""
        place, link = self.site.place, self.laid.columns.link
        listener = self.ears.place[ear]
        is_linked = (link[place] == link[listener]) & (link[listener] != NO_LINK)
        return np.asarray((self.owner[place] != self.owner[listener]) & ~is_linked)

    def _named(self, table: Choices, rows: Codes, source: int, ear: int) -> Codes:
        """Return for whom products are named: the source; if that is the listener's own, another.

        As places in the field.
        """
        foreign = np.append(self._foreign(ear), values=False)
        if foreign[source]:
            return np.full(len(rows), self.site.place[source])
        emitter = table.emitter[rows]
        first = np.argmax(foreign[emitter], axis=1)
        return np.asarray(self.site.place[emitter[np.arange(len(rows)), first]])

    def _product(self, table: Choices, row: int, source: int, ear: int, freq_hz: float) -> Product:
        emitters = (int(self.site.place[e]) for e in table.emitter[row].tolist() if e != NONE)
        return Product(
            form=FORMS[int(table.form[row])],
            emitters=tuple(emitters),
            source=int(self.site.place[source]),
            receiver=int(self.ears.place[ear]),
            low_hz=float(table.low_hz[row]),
            high_hz=float(table.high_hz[row]),
            start_s=float(table.start_s[row]),
            end_s=float(table.end_s[row]),
            incoming_dbm=float(table.incoming_dbm[row]),
            tuning_db=float(table.tuning_db[row]),
            leaving_dbm=float(table.leaving_dbm[row]),
            has_beam=int(table.tuning[row]) == Tuning.WHOLLY,
            freq_hz=freq_hz,
        )
