"""How the kernels of P.528 are compiled: by numba where it is installed, else left as they are."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

njit: Any
try:
    from numba import njit
except ImportError:  # the extra `fast` is not installed: plain Python gives the same answer
    njit = None

Function = TypeVar("Function", bound=Callable[..., object])
IS_COMPILED: Final = njit is not None


def compiled(function: Function) -> Function:
    """Return a function that numba compiles when it is first called, or the function itself."""
    if njit is None:
        return function
    return cast("Function", njit(cache=True, error_model="numpy", nogil=True)(function))
