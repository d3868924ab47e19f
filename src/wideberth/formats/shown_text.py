"""Texts of rich whose isolates stay whole when a cell folds them over several lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.containers import Lines
from rich.text import Text

from wideberth.formats.shown import ENDED, open_isolates


class Folded(Text):
    """A text for a cell: each of its lines ends the isolate it begins, so that no column moves."""

    def wrap(self, *given: Any, **more: Any) -> Lines:
        """Return the lines of the text, each whole by itself."""
        return Lines(_whole(super().wrap(*given, **more)))


def _whole(lines: Iterable[Text]) -> Iterator[Text]:
    still = ""
    for line in lines:
        words = line.plain
        before, still = still, open_isolates(words, still)
        if not before and not still:
            yield line
            continue
        said, spaces = line.divide([len(words.rstrip(" "))])
        yield Text().join([Text(before), said, Text(ENDED * len(still)), spaces])
