"""Texts of rich whose isolates stay whole when a cell folds them over several lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.containers import Lines
from rich.text import Text

from wideberth.formats.shown import ENDED, ISOLATE


class Folded(Text):
    """A text for a cell: each of its lines ends the isolate it begins, so that no column moves."""

    def wrap(self, *given: Any, **more: Any) -> Lines:
        """Return the lines of the text, each whole by itself."""
        return Lines(_whole(super().wrap(*given, **more)))


def _whole(lines: Iterable[Text]) -> Iterator[Text]:
    is_open = False
    for line in lines:
        words = line.plain
        was_open, is_open = is_open, _is_open(words, was_open=is_open)
        if not was_open and not is_open:
            yield line
            continue
        said, spaces = line.divide([len(words.rstrip(" "))])
        yield Text().join(
            [Text(ISOLATE if was_open else ""), said, Text(ENDED if is_open else ""), spaces]
        )


def _is_open(words: str, *, was_open: bool) -> bool:
    opened, ended = words.rfind(ISOLATE), words.rfind(ENDED)
    return was_open if opened == ended else opened > ended
