"""A message of the hotline as numbered groups for the telephone (REQUIREMENTS R8), and back.

Groups are those of a slip (formats/slip_groups.py): one wrong character and two neighbours that
changed places are always found, and what is damaged is asked for again by its number. What is read
is exactly what was written. docs/formats/phrase-book.md is for people.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.phrases import PRECEDENCES, Coded, check_coded, phrase_book
from wideberth.formats.slip_codes import spell, stamp, unspell, unstamp
from wideberth.formats.slip_groups import Bodies, SlipError, read_groups, write_groups

TITLE: Final = "WIDEBERTH CALL 1"
_WORDS_A_GROUP: Final = 24  # characters of spelt words that are read in one go
_LETTERS: Final = "SCIKTFRQVLW"
_HEAD: Final = re.compile(r"([CAMX])([FIPR])(\d{1,9})")
_TIME: Final = re.compile(r"\d{14}")
_DEGREES: Final = r"\d{8}[NS]\d{9}[EW]"
_BREATHS: Final = {
    "K": re.compile(r"[A-Z]|\d+"),
    "T": re.compile(r"\d{8}|\d{6}"),
    "Q": re.compile(r"."),
    "V": re.compile(
        rf"^[A-Z](?={_DEGREES})|\d{{4}}(?=\d{{4}}[NS])|\d{{4}}[NS]|\d{{5}}(?=\d{{4}}[EW])|\d{{4}}[EW]"
        r"|\d{8}(?=\d{6}$)|\d{6}$|[A-Z]+|\d{1,4}"
    ),
}


class Said(StrEnum):
    """What a message by voice does in its call."""

    CALL = "C"
    ANSWER = "A"
    MORE = "M"
    CLOSE = "X"


@dataclass(frozen=True, slots=True)
class VoiceMessage:
    """One message of a call as it is read aloud: who says what to whom in which call.

    (opener, call) names the call, as on the line. turn: its place in it. by_role, to_role: who
    says it and who shall hear it, roles and never names. coded, words: at least one of them.
    language: of the words.
    """

    speaker: str
    opener: str
    call: str
    said: Said
    precedence: str
    turn: int
    at_s: int
    by_role: str
    to_role: str
    coded: Coded | None = None
    words: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if self.precedence not in PRECEDENCES:
            raise ImpossibleValueError(f"{self.precedence!r} is no precedence.")
        if self.coded is None and not self.words and self.said is not Said.CLOSE:
            raise ImpossibleValueError("a message that says nothing.", remedy="Give a phrase.")
        if self.coded is not None:
            check_coded(self.coded)


def write_voice(message: VoiceMessage) -> str:
    """Return the groups of a message; the same message gives the same groups."""
    opener = "" if message.opener == message.speaker else message.opener
    bodies = [
        "S" + spell(message.speaker),
        *(["C" + spell(opener)] if opener else []),
        "I" + spell(message.call),
        f"K{message.said.value}{message.precedence[0].upper()}{message.turn}",
        "T" + stamp(message.at_s),
        "F" + spell(message.by_role),
        "R" + spell(message.to_role),
    ]
    if message.coded is not None:
        phrase = phrase_book().phrase(message.coded.code)
        pairs = zip(phrase.parameters, message.coded.values, strict=True)
        bodies += ["Q" + phrase.code, *("V" + p.values.code(value) for p, value in pairs)]
    if message.language:
        bodies.append("L" + spell(message.language))
    spelt = spell(message.words)
    chunks = range(0, len(spelt), _WORDS_A_GROUP)
    bodies += ["W" + spelt[k : k + _WORDS_A_GROUP] for k in chunks]
    return write_groups(TITLE, bodies, _BREATHS)


def read_voice(text: str) -> VoiceMessage:
    """Return the message of groups as they were heard; spaces and small letters do not matter.

    Raises SlipError with all groups that are damaged or missing at once, and for what makes no
    message.
    """
    bodies = read_groups(TITLE, text)
    _check_order(bodies)
    said = {letter: (number, text) for number, letter, text in bodies}
    for letter, what in zip(
        "SIKTFR", ("speaker", "call", "kind", "time", "role", "role"), strict=True
    ):
        if letter not in said:
            raise SlipError(f"there is no group {letter} ({what}).", remedy="Ask for it.")
    try:
        return _message(bodies, {letter: text for letter, (_, text) in said.items()})
    except ImpossibleValueError as error:
        raise SlipError(f"the groups make no message: {error}") from error


def _message(bodies: Bodies, said: dict[str, str]) -> VoiceMessage:
    head = _HEAD.fullmatch(said["K"])
    if head is None or _TIME.fullmatch(said["T"]) is None:
        raise ImpossibleValueError("no kind and precedence, or no time.")
    speaker = unspell(said["S"])
    return VoiceMessage(
        speaker=speaker,
        opener=unspell(said["C"]) if "C" in said else speaker,
        call=unspell(said["I"]),
        said=Said(head[1]),
        precedence=next(p for p in PRECEDENCES if p[0].upper() == head[2]),
        turn=int(head[3]),
        at_s=unstamp(said["T"]),
        by_role=unspell(said["F"]),
        to_role=unspell(said["R"]),
        coded=_coded(bodies, said),
        language=unspell(said["L"]) if "L" in said else "",
        words=unspell("".join(text for _, letter, text in bodies if letter == "W")),
    )


def _coded(bodies: Bodies, said: dict[str, str]) -> Coded | None:
    codes = [text for _, letter, text in bodies if letter == "V"]
    if "Q" not in said:
        if codes:
            raise ImpossibleValueError("values without a phrase.")
        return None
    phrase = phrase_book().phrase(said["Q"])
    if len(codes) != len(phrase.parameters):
        raise ImpossibleValueError(f"{phrase.code} takes {len(phrase.parameters)} values.")
    pairs = zip(phrase.parameters, codes, strict=True)
    return Coded(phrase.code, tuple(p.values.of(code) for p, code in pairs))


def _check_order(bodies: Bodies) -> None:
    """Refuse a letter out of its order, or one that comes twice and may not."""
    at = -1
    for number, letter, _ in bodies:
        place = _LETTERS.find(letter)
        if place < at or (place == at and letter not in "VW"):
            raise SlipError(f"group {number:03d}: letter {letter} is not due.", groups=(number,))
        at = place
