"""Every way to search: brute force and indexed, over either side, compiled and not."""

from functools import partial
from importlib.util import find_spec

from wideberth.spectrum.screen import Index, find, find_by_brute_force

PATHS = (False, True) if find_spec("numba") is not None else (False,)


def over_receivers(emitters, receivers, **asked):
    return Index.over(receivers).against(emitters, **asked)


def over_emitters(emitters, receivers, **asked):
    return Index.over(emitters).against(receivers, **asked)


WAYS = {
    f"{way.__name__}, {'compiled' if fast else 'numpy'}": partial(way, fast=fast)
    for way in (find_by_brute_force, find, over_receivers, over_emitters)
    for fast in PATHS
}


def as_bytes(hits):
    """Return all that was found, to the bit."""
    columns = (hits.emitter, hits.receiver, hits.margin_db, hits.is_overlapping)
    return tuple((column.dtype.str, column.tobytes()) for column in columns)


def pairs(hits):
    return list(zip(hits.emitter.tolist(), hits.receiver.tolist(), strict=True))
