"""Every screen's address, with an example where a screen shows one thing."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from console_nodes import ConsoleNode

from console import Console

Query = Callable[[ConsoleNode], dict[str, str]]

EXAMPLES: dict[str, Query] = {}


def places(console: Console) -> Iterator[tuple[str, str]]:
    """Yield the name and address of every screen of the person at the console."""
    for screen in console.screens():
        example = EXAMPLES.get(screen.path)
        query = f"?{urlencode(example(console.node))}" if example else ""
        yield screen.path, f"{screen.path}{query}"
