"""Numbered groups to be read aloud, each with two check characters, and the last over them all.

One group a line: a number, a letter that says what it is, what it says, and the check characters;
only A to Z and 0 to 9, spaces free. The last group counts the groups and checks the whole.
docs/formats/slip.md is for people.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.slip_check import ALPHABET, check_characters, fits

MOST_GROUPS: Final = 999
_LONGEST: Final = 100_000
_FOURS: Final = re.compile(r".{1,4}")
_GROUP: Final = re.compile(r"(\d{3})([A-Z])([0-9A-Z]*)([0-9A-Z]{2})")
_END: Final = re.compile(r"(\d{3})([0-9A-Z]{2})")

Bodies = list[tuple[int, str, str]]  # number, letter, what it says
Breaths = Mapping[str, re.Pattern[str]]  # letter to what is said in one breath


class SlipError(WideberthError):
    """A slip that was not heard right; `groups` are the numbers to ask for again (may be empty)."""

    def __init__(self, what: str, *, groups: tuple[int, ...] = (), remedy: str = "") -> None:
        self.groups = groups
        super().__init__(what, remedy=remedy)


def write_groups(title: str, bodies: Sequence[str], breaths: Breaths) -> str:
    """Return the lines of groups under a title; a body is a letter and what it says.

    Raises ImpossibleValueError where more than 999 groups would be needed.
    """
    if len(bodies) >= MOST_GROUPS:
        raise ImpossibleValueError(
            f"a slip of {len(bodies)} groups; at most {MOST_GROUPS} are read aloud.",
            remedy="Send it as a file.",
        )
    last = f"Z{len(bodies) + 1:03d}{check_characters(''.join(bodies))}"
    groups = (f"{k:03d}{body}" for k, body in enumerate([*bodies, last], start=1))
    lines = (_line(group + check_characters(group), breaths) for group in groups)
    return "\n".join([title, *lines]) + "\n"


def _line(group: str, breaths: Breaths) -> str:
    """Return a group with the spaces at which one draws breath; they mean nothing."""
    number, letter, said, check = group[:3], group[3], group[4:-2], group[-2:]
    found = breaths.get(letter, _FOURS).findall(said)
    if "".join(found) != said:
        found = _FOURS.findall(said)
    return " ".join((number, letter, *found, check))


def read_groups(title: str, text: str) -> Bodies:
    """Return the groups of a slip without the last; blank lines and small letters do not matter.

    Raises SlipError with all groups that are damaged or missing at once.
    """
    bodies = _bodies(title, text)
    _check_whole(bodies)
    return bodies[:-1]


def _bodies(title: str, text: str) -> Bodies:
    if len(text) > _LONGEST:
        raise SlipError("the text is too long for a slip.", remedy="Give one slip.")
    lines = ["".join(line.upper().split()) for line in text.splitlines()]
    told = [line for line in lines if line and line != title.replace(" ", "")]
    found: dict[int, tuple[str, str]] = {}
    twice: set[int] = set()
    for line in told:
        group = _GROUP.fullmatch(line)
        if group is None or not set(line) <= set(ALPHABET) or not fits(line):
            continue  # its number is missing then, unless the group was also told right
        number, body = int(group[1]), (group[2], group[3])
        if found.setdefault(number, body) != body:
            twice.add(number)
    last = _last(found, len(told))
    missing = set(range(1, last + 1)) - set(found)
    if twice or missing:
        raise _ask_again("missing, or not in keeping with the check characters", twice | missing)
    return [(number, *found[number]) for number in sorted(found)]


def _last(found: dict[int, tuple[str, str]], lines: int) -> int:
    """Return how many groups there must be at least; one that ends the slip says so."""
    highest = max(found, default=0)
    if highest in found and found[highest][0] == "Z":
        return highest
    return min(MOST_GROUPS + 1, max(highest + 1, lines))


def _ask_again(what: str, groups: set[int]) -> SlipError:
    numbers = tuple(sorted(groups))
    named = ", ".join(f"{number:03d}" for number in numbers[:20])
    more = f" and {len(numbers) - 20} more" if len(numbers) > 20 else ""
    return SlipError(
        f"group {named}{more} {'is' if len(numbers) == 1 else 'are'} {what}.",
        groups=numbers,
        remedy="Ask for what is named again.",
    )


def _check_whole(bodies: Bodies) -> None:
    number, _, said = bodies[-1]
    end = _END.fullmatch(said)
    whole = "".join(kind + text for _, kind, text in bodies[:-1])
    if end is None or int(end[1]) != number or check_characters(whole) != end[2]:
        raise SlipError(
            "the groups are whole but not of one slip.",
            remedy="Ask for the whole slip again.",
        )
