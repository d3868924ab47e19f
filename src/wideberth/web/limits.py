"""How often somebody may ask: buckets of tokens, and waits that double after wrong passwords.

Pure in time: now_s is passed in. Memory is bounded: of very many askers the longest silent goes.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_MOST_KEYS: Final = 10_000
_FREE_TRIES: Final = 5
_LONGEST_WAIT_S: Final = 900.0

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second on and on."""

    burst: float
    per_s: float


class _Newest(Generic[S]):
    """A dictionary that forgets what was not written for longest."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, S] = OrderedDict()

    def get(self, key: str) -> S | None:
        return self._states.get(key)

    def put(self, key: str, state: S) -> None:
        self._states[key] = state
        self._states.move_to_end(key)
        if len(self._states) > _MOST_KEYS:
            self._states.popitem(last=False)

    def drop(self, key: str) -> None:
        self._states.pop(key, None)


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float
    refused: int = 0


class Buckets:
    """One bucket for each key, filled at a rate."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: _Newest[_Bucket] = _Newest()

    def wait_s(self, key: str, now_s: float) -> float:
        """Take one and return 0, or return how long to wait for it."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = _Bucket(self._rate.burst, now_s)
        passed_s = max(0.0, now_s - bucket.at_s)
        bucket.left = min(self._rate.burst, bucket.left + passed_s * self._rate.per_s)
        bucket.at_s = now_s
        self._buckets.put(key, bucket)
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            return 0.0
        bucket.refused += 1
        return (1.0 - bucket.left) / self._rate.per_s

    def untold(self, key: str) -> int:
        """Return how many were refused since this was asked last, if that is worth a row.

        The first of a row of refusals is told at once, then every hundredth: a flood of requests
        must not become a flood of writes.
        """
        bucket = self._buckets.get(key)
        if bucket is None or bucket.refused % 100 != 1:
            return 0
        return 1 if bucket.refused == 1 else 100


@dataclass(slots=True)
class _Tries:
    wrong: int
    until_s: float


class BackOff:
    """After some wrong tries each further one waits twice as long, up to 15 minutes."""

    def __init__(self) -> None:
        self._tries: _Newest[_Tries] = _Newest()

    def wait_s(self, key: str, now_s: float) -> float:
        """Return how long the next try has to wait; 0: it may be made."""
        tries = self._tries.get(key)
        return 0.0 if tries is None else max(0.0, tries.until_s - now_s)

    def wrong(self, key: str, now_s: float) -> None:
        """Note a wrong try."""
        tries = self._tries.get(key)
        count = 1 if tries is None else tries.wrong + 1
        over = count - _FREE_TRIES
        wait_s = 0.0 if over < 0 else min(_LONGEST_WAIT_S, 2.0 ** min(over, 20))
        self._tries.put(key, _Tries(count, now_s + wait_s))

    def right(self, key: str) -> None:
        """Forget the wrong tries."""
        self._tries.drop(key)
