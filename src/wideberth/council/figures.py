"""The figures of a year, from the ledger of one side alone: the other side's give the same (R29).

Figures are lines: what, about whom, how much. Messages sent from `from_s` up to before `to_s`
count, by their sender's clock; what was said of them later than that is not seen. Times to a rung
count from when the receiver's node had the notice to when its people acted, both by the receiver's
clock; the time to delivery is between two clocks.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec import Struct

from wideberth.council.drill_score import quantile
from wideberth.council.figures_ledger import Exchange, Told
from wideberth.model.agreement import Agreement

COUNT: Final = ""
SECONDS: Final = "s"
_DIGITS: Final = 3


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure; value null: there is nothing to reckon it from. unit: "" (a count) or "s"."""

    section: str
    about: str
    name: str
    value: float | None
    unit: str = COUNT

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes it comparable with the other side's."""
        return self.section, self.about, self.name


class Counted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far one direction of the exchange was counted (figures_ledger.Reach)."""

    sender: str
    count: int
    last: int = 0
    last_message: str = ""


class Figures(Struct, frozen=True, kw_only=True):
    """The figures of two parties for a period, in the order of a page."""

    parties: tuple[str, str]
    from_s: float
    to_s: float
    agreement: str
    version: int
    agreement_digest: str
    counted: tuple[Counted, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From when up to before when, seconds UTC."""

    from_s: float
    to_s: float

    def __contains__(self, at_s: float) -> bool:
        return self.from_s <= at_s < self.to_s


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures are reckoned from."""

    exchange: Exchange
    agreement: Agreement
    period: Period

    @property
    def parties(self) -> tuple[str, str]:
        """Return the two parties, sorted."""
        return self.exchange.parties

    @property
    def ways(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return both directions: sender, recipient."""
        first, second = self.parties
        return (first, second), (second, first)

    def told(self, *bodies: type) -> list[Told]:
        """Return the messages of some kinds, up to the end of the period, in order."""
        return [one for one in self.exchange.told if isinstance(one.body, bodies)]


def counted_line(section: str, about: str, name: str, value: int) -> Line:
    """Return a figure that is a number of things."""
    return Line(section=section, about=about, name=name, value=float(value))


def time_line(section: str, about: str, name: str, value: float | None) -> Line:
    """Return a figure that is a time, to the millisecond: clocks say no more."""
    shown = None if value is None else round(float(value), _DIGITS)
    return Line(section=section, about=about, name=name, value=shown, unit=SECONDS)


def spread_lines(section: str, about: str, name: str, times_s: Sequence[float]) -> list[Line]:
    """Return how many times there were, their middle, the 90th of a hundred, and the worst."""
    return [
        counted_line(section, about, f"{name}: count", len(times_s)),
        time_line(section, about, f"{name}: median", quantile(times_s, 0.5)),
        time_line(section, about, f"{name}: 90th", quantile(times_s, 0.9)),
        time_line(section, about, f"{name}: worst", max(times_s, default=None)),
    ]


def canonical(figures: Figures) -> bytes:
    """Return the bytes that are compared: the same figures give the same."""
    return msgspec.json.encode(figures, order="sorted")


def digest_of(text: bytes) -> str:
    """Return the SHA-256 of figures as they are compared, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def read_figures(text: str) -> Figures:
    """Return figures from their canonical text; raises msgspec.MsgspecError, or ValueError."""
    found = msgspec.json.decode(text.encode(), type=Figures)
    if canonical(found).decode() != text:
        raise ValueError("the figures are not in the one form that is compared")
    return found


def lines_by_section(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return lines by section, both in their order."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.section, []).append(line)
    return found
