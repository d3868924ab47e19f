"""Wideberth: two sides keep out of each other's way in the air, at sea and in the spectrum.

The promised names; each is imported when it is first used, so that `import wideberth` is quick.
"""

from importlib import import_module
from typing import Any, Final

__version__: Final = "0.1.0"

_PROMISED: Final = {
    "Activity": "wideberth.model.activity",
    "Agreement": "wideberth.model.agreement",
    "CheckResult": "wideberth.model.conflict",
    "Conflict": "wideberth.model.conflict",
    "ReadOptions": "wideberth.formats.reading",
    "Reading": "wideberth.formats.reading",
    "Volume": "wideberth.model.volume",
    "WideberthError": "wideberth.errors",
    "builtin_agreement": "wideberth.formats.builtin",
    "check": "wideberth.checking",
    "read_any": "wideberth.formats.sniff",
}

__all__ = [*_PROMISED]  # noqa: PLE0604 - names of a table, each a string


def __getattr__(name: str) -> Any:
    """Return a promised name from the file that holds it."""
    if name not in _PROMISED:
        raise AttributeError(f"module 'wideberth' promises no name {name!r}")
    return getattr(import_module(_PROMISED[name]), name)
