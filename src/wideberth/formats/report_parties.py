"""How a party looks in every picture: a letter and one of six styles, never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STYLES: Final = 6  # hue and line pattern together, as in templates/report.css


@dataclass(frozen=True, slots=True)
class PartyLook:
    """letter: A, B, ... AA; style: which of the six."""

    party: str
    letter: str
    style: int


def looks_of(parties: Sequence[str]) -> dict[str, PartyLook]:
    """Return each party's look, by the order of names, so that it is the same every time."""
    return {
        party: PartyLook(party, _letter(i), i % STYLES) for i, party in enumerate(sorted(parties))
    }


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
