"""A bar on standard error while work is long, and only where a person looks at it."""

import sys
import time
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress

_SHOWN_AFTER_S: Final = 2.0


class Bar:
    """Shows nothing for two seconds, then how far each step has come."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._is_seen = sys.stderr.isatty()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Move the bar of one step."""
        if not self._is_seen or time.monotonic() - self._began_s < _SHOWN_AFTER_S:
            return
        if self._bar is None:
            self._bar = _started()
        for task in self._bar.tasks:
            if task.description == step:
                self._bar.update(task.id, completed=done, total=total)
                return
        self._bar.add_task(step, completed=done, total=total)


def _started() -> "Progress":
    """Return a bar that runs; its package is loaded only now, most checks are over before."""
    console = import_module("rich.console").Console(stderr=True)
    bar: Progress = import_module("rich.progress").Progress(console=console, transient=True)
    bar.start()
    return bar
