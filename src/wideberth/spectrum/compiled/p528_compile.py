"""How the kernels of P.528 are compiled: by numba where it is installed, else left as they are.

They call each other across files; so what numba keeps of them on disk is told of all the files.
"""

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final, TypeVar, cast

njit: Any
FunctionCache: Any
try:
    from numba import njit
    from numba.core.caching import FunctionCache
except ImportError:  # the extra `fast` is not installed: plain Python gives the same answer
    njit, FunctionCache = None, object

Function = TypeVar("Function", bound=Callable[..., object])
IS_COMPILED: Final = njit is not None
SOURCES: Final = tuple(
    f"wideberth.spectrum.compiled.p528_{name}"
    for name in ("beyond", "compile", "gas", "quick_gas", "sight", "spread", "table")
)


def _digest() -> str:
    """Return a digest of all that a kernel may have been made from."""
    texts = []
    for name in SOURCES:
        spec = find_spec(name)
        get_source = getattr(spec.loader if spec else None, "get_source", lambda _: None)
        texts.append(get_source(name) or "")
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class _Kept(FunctionCache):  # type: ignore[misc]  # numba is untyped
    """The cache on disk of numba, which watches a function's own file, told of the others."""

    _digest = _digest()

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*cast("Any", super())._index_key(sig, codegen), self._digest)  # noqa: SLF001


def compiled(function: Function) -> Function:
    """Return a function that numba compiles when it is first called, or the function itself."""
    if njit is None:
        return function
    made: Any = njit(error_model="numpy", nogil=True)(function)
    if hasattr(made, "_cache"):  # numba may be told not to compile at all
        try:
            made._cache = cast("Any", _Kept)(function)  # noqa: SLF001 - there is no other way in
        except RuntimeError:  # numba found no place to write to
            return cast("Function", made)
    return cast("Function", made)
