"""How the compiled path is compiled: kept on disk where possible, no liberties in arithmetic.

What is compiled takes and gives arrays, numbers and plain tuples of them only: numba keeps the
types it has compiled for on disk, and could not read back a class that a later version renames.
"""

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., object])

SOURCES: Final = tuple(
    f"wideberth.engine.{name}"
    for name in (
        "compiled", "fast_entries", "fast_items", "fast_judge", "fast_plane", "fast_sweep",
        "axis", "entries", "geodesy", "near", "screen", "shape",
    )
)  # fmt: skip


def _digest() -> str:
    """Return a digest of all that compiled code may have been made from."""
    texts = []
    for name in SOURCES:
        spec = find_spec(name)
        get_source = getattr(spec.loader if spec else None, "get_source", lambda _: None)
        texts.append(get_source(name) or "")
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class _Kept(FunctionCache):
    """The cache on disk of numba, which watches a function's own file, told of the others."""

    _digest = _digest()

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*cast("Any", super())._index_key(sig, codegen), self._digest)  # noqa: SLF001


def compiled(function: Function) -> Function:
    """Compile a function when it is first called; arrays are not checked for bounds from there.

    The machine code is kept beside the source or in the user's cache; where neither can be written
    it is made anew in each process.
    """
    dispatcher: Any = njit(error_model="numpy", nogil=True)(function)
    try:
        dispatcher._cache = cast("Any", _Kept)(function)  # noqa: SLF001 - there is no other way in
    except RuntimeError:  # numba found no place to write to
        return cast("Function", dispatcher)
    return cast("Function", dispatcher)
