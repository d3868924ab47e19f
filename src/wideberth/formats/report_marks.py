"""The numbers of conflicts on a report's map; those at one spot share a badge until looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.formats.report_plane import View
from wideberth.formats.report_svg import Labels, text_width
from wideberth.model.conflict import Conflict

_CLUSTER_PX: Final = (44.0, 24.0)  # across and down
_LONGEST: Final = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge; seen: "" always, "early" from afar only, "late" from close by only."""

    numbers: str
    x: float
    y: float
    width: float
    name: str
    seen: str = ""


def marks(shown: Sequence[Conflict], view: View, labels: Labels) -> tuple[Mark, ...]:
    """Return a badge for each spot, and for close by one for each conflict of a shared spot."""
    spots: list[list[tuple[int, float, float]]] = []
    for i, conflict in enumerate(shown, start=1):
        x, y = view.place(conflict.finding.place)
        home = next((spot for spot in spots if _is_close(spot[0], x, y)), None)
        if home is None:
            spots.append([(i, x, y)])
        else:
            home.append((i, x, y))
    found = []
    for spot in spots:
        numbers, x, y = [i for i, _, _ in spot], spot[0][1], spot[0][2]
        mark = _mark(numbers, x, y, "early" if len(spot) > 1 else "")
        labels.take((x - mark.width / 2, y - 11.0, x + mark.width / 2, y + 11.0))
        found.append(mark)
        if len(spot) > 1:
            found += [_mark([i], x, y, "late") for i, x, y in spot]
    return tuple(found)


def _is_close(first: tuple[int, float, float], x: float, y: float) -> bool:
    return abs(x - first[1]) < _CLUSTER_PX[0] and abs(y - first[2]) < _CLUSTER_PX[1]


def _mark(numbers: Sequence[int], x: float, y: float, seen: str) -> Mark:
    full = ranges(numbers)
    said = full if len(full) <= _LONGEST else f"{numbers[0]} +{len(numbers) - 1}"
    width = max(22.0, 12.0 + text_width(said, 13.0))
    return Mark(said, x, y, width, f"Conflict {full}", seen)


def ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers with runs drawn together: 1-3, 7."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}" if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)
