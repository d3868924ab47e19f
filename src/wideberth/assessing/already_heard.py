"""What receivers hear already, for a sum with one emission more."""

import math
from dataclasses import dataclass, field

import numpy as np

from wideberth.assessing.channel_pairs import Columns, Looker, Pair
from wideberth.engine.field import Field, Question
from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.path import path_between
from wideberth.interference.propagation import Air
from wideberth.interference.rows import Wanted, heard
from wideberth.interference.sides import emission_of, reception_of
from wideberth.model.volume import Volume
from wideberth.spectrum.aggregate import sum_dbm

Name = tuple[str, str, str]


@dataclass(slots=True)
class Already:
    """Emissions that each receiver hears within 20 dB of its limit, by how much, once asked."""

    looker: Looker
    laid: Field
    wanted: Wanted
    _near: dict[Name, list[tuple[int, int, float]]] = field(init=False)
    _over_db: dict[Name, list[float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        agreement = self.looker.agreement
        found = heard(self.laid, Question(agreement.heights), self.wanted, agreement)
        self._near = {}
        sides = (found.emitter.tolist(), found.receiver.tolist(), found.margin_db.tolist())
        for emitter, receiver, margin_db in zip(*sides, strict=True):
            if not math.isnan(margin_db):
                ref = self.laid.refs[receiver]
                those = self._near.setdefault((ref.party, ref.activity, ref.volume), [])
                those.append((emitter, receiver, margin_db))

    def perhaps(self, found: Columns) -> Columns:
        """Return the pairs whose sum with all that is heard already is too much in free space."""
        channel, place, margin_db = found
        over_db = np.full(len(self.looker.laid.refs), -np.inf)
        for k in np.unique(place).tolist():
            ref = self.looker.laid.refs[k]
            near = self._near.get((ref.party, ref.activity, ref.volume))
            if near:
                over_db[k] = _sum_db([-margin for *_, margin in near])
        total = 10.0 ** (over_db[place] / 10.0) + 10.0 ** (-margin_db / 10.0)
        keep = np.isfinite(over_db[place]) & (total > 1.0)  # not a number is never more
        return channel[keep], place[keep], margin_db[keep]

    def too_much_with(self, probe: Volume, pair: Pair) -> int:
        """Return with how many others an emission would be too much; 0: it would not be.

        By the model, of those that `perhaps` are.
        """
        ref = self.looker.laid.refs[pair.place]
        name = ref.party, ref.activity, ref.volume
        near = self._near.get(name, [])
        mine_db = self._mine_db(probe, pair)
        if mine_db is None:
            return 0
        if name not in self._over_db:
            found = (self._one_db(*those) for those in near)
            self._over_db[name] = [over_db for over_db in found if over_db is not None]
        others_db = self._over_db[name]
        return len(others_db) if others_db and _sum_db([*others_db, mine_db]) > 0.0 else 0

    def _mine_db(self, probe: Volume, pair: Pair) -> float | None:
        """Return how far one emission more is above the limit; None: never there at once."""
        link = self.looker.link(probe, pair.place)
        if link is None:
            return None
        return self._weighed_db(link, pair.margin_db)

    def _one_db(self, emitter: int, receiver: int, margin_db: float) -> float | None:
        """Return how far an emission is above the limit; None: it is too much by itself anyway."""
        one, other = self.laid.volumes[emitter], self.laid.volumes[receiver]
        agreement = self.looker.agreement
        path = path_between(one, other, agreement.heights)
        if path is None:
            return None
        rules = agreement.spectrum
        link = Link(emission_of(one, rules), reception_of(other, rules), path, Air.of(rules))
        over_db = self._weighed_db(link, margin_db)
        return None if over_db is None or over_db > 0.0 else over_db

    def _weighed_db(self, link: Link, margin_db: float) -> float | None:
        """Return by how much a link is above its limit, by the model where it may be asked.

        Where it may not, in free space, but never more than exactly the limit: so it counts.
        """
        if not self.looker.may_look(link):
            return min(0.0, -margin_db)
        is_blocking = self.wanted.blocking
        figures = budgets.blocking_figures(link) if is_blocking else budgets.direct_figures(link)
        if figures is None:
            return None
        found_db = budgets.weighed(figures, link).margin_db
        return None if found_db is None else -found_db


def _sum_db(values_db: list[float]) -> float:
    return float(sum_dbm(values_db))
