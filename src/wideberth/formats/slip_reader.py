"""A slip to an activity, or the groups to ask for again."""

import itertools
import re
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip import ARENAS, DISCLOSED, STATES, TITLE
from wideberth.formats.slip_codes import unspell
from wideberth.formats.slip_groups import Bodies, SlipError, read_groups
from wideberth.formats.slip_volume import volume_of
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.volume import Arena

_REVISION: Final = re.compile(r"(\d{1,9})([ATNCEW])([FE])([UD])(\d{1,9})")
_STATES: Final[dict[str, State]] = {letter: state for state, letter in STATES.items()}
_ARENAS: Final[dict[str, Arena]] = {letter: arena for arena, letter in ARENAS.items()}
_DISCLOSED: Final[dict[str, Disclosure]] = {letter: d for d, letter in DISCLOSED.items()}


def read_slip(text: str) -> Activity:
    """Return the activity of a slip; spaces, blank lines and small letters do not matter.

    Raises SlipError with all groups that are damaged or missing at once. An activity read is at
    least as large as the one written.
    """
    return _activity(read_groups(TITLE, text))


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
