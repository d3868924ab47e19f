"""A slip to an activity, or the groups to ask for again."""

import itertools
import re
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.slip import ARENAS, DISCLOSED, MOST_GROUPS, STATES, TITLE
from wideberth.formats.slip_check import ALPHABET, check_characters, fits
from wideberth.formats.slip_codes import unspell
from wideberth.formats.slip_volume import volume_of
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.volume import Arena

_LONGEST: Final = 100_000
_GROUP: Final = re.compile(r"(\d{3})([A-Z])([0-9A-Z]*)([0-9A-Z]{2})")
_REVISION: Final = re.compile(r"(\d{1,9})([ATNCEW])([FE])([UD])(\d{1,9})")
_END: Final = re.compile(r"(\d{3})([0-9A-Z]{2})")
_STATES: Final[dict[str, State]] = {letter: state for state, letter in STATES.items()}
_ARENAS: Final[dict[str, Arena]] = {letter: arena for arena, letter in ARENAS.items()}
_DISCLOSED: Final[dict[str, Disclosure]] = {letter: d for d, letter in DISCLOSED.items()}


class SlipError(WideberthError):
    """A slip that was not heard right; `groups` are the numbers to ask for again (may be empty)."""

    def __init__(self, what: str, *, groups: tuple[int, ...] = (), remedy: str = "") -> None:
        self.groups = groups
        super().__init__(what, remedy=remedy)


Bodies = list[tuple[int, str, str]]  # number, letter, what it says


def read_slip(text: str) -> Activity:
    """Return the activity of a slip; spaces, blank lines and small letters do not matter.

    Raises SlipError with all groups that are damaged or missing at once. An activity read is at
    least as large as the one written.
    """
    bodies = _bodies(text)
    _check_whole(bodies)
    return _activity(bodies[:-1])


def _bodies(text: str) -> Bodies:
    if len(text) > _LONGEST:
        raise SlipError("the text is too long for a slip.", remedy="Give one slip.")
    lines = ["".join(line.upper().split()) for line in text.splitlines()]
    told = [line for line in lines if line and line != TITLE.replace(" ", "")]
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


def _activity(bodies: Bodies) -> Activity:
    said = {letter: (number, text) for number, letter, text in reversed(bodies) if letter in "PIRK"}
    for letter, name in (("P", "party"), ("I", "id"), ("R", "revision")):
        if letter not in said:
            raise SlipError(f"the slip has no group {letter} ({name}).", remedy="Ask for it.")
    for number, letter, _ in bodies:
        if letter == "V":
            break
        if letter not in "PIRK" or said[letter][0] != number:
            raise SlipError(f"group {number:03d}: letter {letter} is not due.", groups=(number,))
    starts = [place for place, body in enumerate(bodies) if body[1] == "V"]
    pieces = [bodies[start:end] for start, end in itertools.pairwise([*starts, len(bodies)])]
    try:
        revision, state, disclose, priority = _revision(*said["R"])
        return Activity(
            party=unspell(said["P"][1]),
            id=unspell(said["I"][1]),
            volumes=tuple(volume_of(piece, _ARENAS) for piece in pieces),
            kind=unspell(said["K"][1]) if "K" in said else "",
            priority=priority,
            disclose=disclose,
            revision=revision,
            state=state,
        )
    except ImpossibleValueError as error:
        raise SlipError(
            f"the slip makes no activity: {error.where and error.where + ': '}{error.what}",
            remedy=error.remedy,
        ) from error


def _revision(number: int, text: str) -> tuple[int, State, Disclosure, int]:
    found = _REVISION.fullmatch(text)
    if found is None:
        raise ImpossibleValueError("no revision and state.", where=f"group {number:03d}")
    revision, state, disclosed, sign, amount = found.groups()
    priority = -int(amount) if sign == "D" else int(amount)
    return int(revision), _STATES[state], _DISCLOSED[disclosed], priority
