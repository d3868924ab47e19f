"""The activities laid out for a search, and what is asked of it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from wideberth.engine.columns import Columns, Marks, columns_of
from wideberth.engine.near import Pairs
from wideberth.model.activity import Activity
from wideberth.model.agreement import HeightRanges
from wideberth.model.conflict import VolumeRef
from wideberth.model.volume import Volume

Progress = Callable[[str, int, int], None]
Kept = TypeVar("Kept")


def no_progress(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a detection beside the activities and rules.

    within: compare activities of one party too. fast: the compiled path (None: as size demands).
    about: only pairs in which at least one is of these activities, (party, id) each; None: all.
    """

    ranges: HeightRanges
    within: bool = False
    fast: bool | None = None
    about: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The activities laid out: refs and volumes row by row, and the same as columns."""

    refs: tuple[VolumeRef, ...]
    volumes: tuple[Volume, ...]
    columns: Columns
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is made of this field alone and of the key: made once, and kept with it."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    def marked(self, question: Question) -> Marks:
        """Return which volumes the question is about."""
        if question.about is None:
            return np.ones(len(self.refs), bool)
        return np.array([(r.party, r.activity) in question.about for r in self.refs], bool)

    def asked(self, pairs: Pairs, question: Question) -> Pairs:
        """Return the pairs that the question is about."""
        if question.about is None:
            return pairs
        about = self.marked(question)
        keep = about[pairs[0]] | about[pairs[1]]
        return pairs[0][keep], pairs[1][keep]


def lay_out(
    activities: Sequence[Activity], ranges: HeightRanges, progress: Progress = no_progress
) -> Field:
    """Return the volumes of all activities that are not over, by party, activity and place."""
    present = sorted((a for a in activities if not a.is_over), key=lambda a: (a.party, a.id))
    refs = tuple(
        VolumeRef(a.party, a.id, place, volume.id)
        for a in present
        for place, volume in enumerate(a.volumes)
    )
    volumes = tuple(volume for a in present for volume in a.volumes)
    columns = columns_of(
        present, ranges, progress=lambda done, total: progress("laying out", done, total)
    )
    return Field(refs, volumes, columns)
