"""Names that are taken for one another: what a name is seen as, and where one says so.

The idea of a skeleton is that of Unicode Technical Standard 39: two names with the same skeleton
look the same. Ours is folded further than that (hidden characters and odd spaces count for
nothing, digits by their value) over a smaller table of letters (formats/lookalike_letters.py).
Nothing here changes what is kept: two names that look the same are two names.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

from wideberth.formats.lookalike_letters import ASCII_OF
from wideberth.formats.shown import MOST_MARKS, fitted, is_hidden, plain

_MOST_SPELT: Final = 160
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*")
_EAST: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
_MARK: Final = frozenset({"Mn", "Me", "Mc"})


class Likeness(StrEnum):
    """How two names that are not the same look the same."""

    FORM = "the same letters in another Unicode form"
    HIDDEN = "the same but for characters that are not seen"
    LETTERS = "look-alike letters"


def skeleton(name: str) -> str:
    r"""Return what a name is seen as; names that look the same have the same one.

    >>> skeleton("n\u043erth") == skeleton("north"), skeleton("N-1") == skeleton("N-7")
    (True, False)
    """
    seen = "".join(map(_seen_as, name))
    folded = unicodedata.normalize("NFKD", seen)
    folded = "".join(map(_seen_as, folded))
    return " ".join(unicodedata.normalize("NFD", folded).split())


@lru_cache(maxsize=4096)
def _seen_as(character: str) -> str:
    if character in ASCII_OF:
        return ASCII_OF[character]
    if is_hidden(character):
        return " " if character in "\t\n" else ""
    value = unicodedata.decimal(character, None)
    return character if value is None else ASCII_OF.get(str(value), str(value))


def likeness(one: str, other: str) -> Likeness | None:
    """Return how two names look the same; None: they do not, or they are the same."""
    if one == other or skeleton(one) != skeleton(other):
        return None
    if unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other):
        return Likeness.FORM
    return Likeness.HIDDEN if _as_spaced(one) == _as_spaced(other) else Likeness.LETTERS


def _as_spaced(name: str) -> str:
    spaced = (" " if unicodedata.category(c) == "Zs" or c in "\t\n" else c for c in name)
    return " ".join("".join(c for c in spaced if c == " " or not is_hidden(c)).split())


def doubt(name: str) -> str:
    """Return why a name by itself may be taken for another, in words; empty: it may not.

    Its letters are of several scripts within a word, a word of another script copies Latin ones,
    its digits are of several kinds, or something in it hides. Chinese, Japanese and Korean
    characters count as one script.
    """
    if name.isascii() and name.isprintable():
        return ""
    words = [_scripts(word) for word in _WORD.findall(unicodedata.normalize("NFC", name))]
    if any(len(scripts) > 1 for scripts in words):
        return "mixed scripts"
    if any(scripts == {"LATIN"} for scripts in words) and _copies_latin(name):
        return "look-alike letters"
    if len({ord(c) - int(unicodedata.decimal(c)) for c in name if c.isdecimal()}) > 1:
        return "mixed digits"
    if any(is_hidden(c) or (unicodedata.category(c) == "Zs" and c != " ") for c in name):
        return "hidden characters"
    return "a flood of marks" if _is_flood(name) else ""


def _scripts(word: str) -> frozenset[str]:
    return frozenset(script for script in map(_script, word) if script)


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return a letter's script; empty for what is of none."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    folded = unicodedata.normalize("NFKC", character)[:1]
    first = unicodedata.name(folded, "").partition(" ")[0]
    return "EAST" if first in _EAST else first


def _copies_latin(name: str) -> bool:
    """Return whether a word of another script has no letter that is not seen as an ASCII one."""
    foreign = [word for word in _WORD.findall(name) if "LATIN" not in _scripts(word)]
    return any(_scripts(w) and all(skeleton(c).isascii() for c in w) for w in foreign)


def _is_flood(name: str) -> bool:
    marks = 0
    for character in name:
        marks = marks + 1 if unicodedata.category(character) in _MARK else 0
        if marks > MOST_MARKS:
            return True
    return False


def named(name: str) -> str:
    r"""Return a name as it is shown to people; one that may be taken for another with its codes.

    >>> named("north"), ascii(named("n\u043erth"))
    ('north', "'n\\u043erth {mixed scripts: n[U+043E]rth}'")
    """
    why = doubt(name)
    return f"{plain(name)} {{{why}: {fitted(spelt(name), _MOST_SPELT)}}}" if why else plain(name)


def names(*given: str) -> str:
    """Return names one after the other, each as it is shown to people."""
    return " ".join(map(named, given))


def spelt(name: str) -> str:
    r"""Return a name in ASCII: every other character by its code point, which cannot be mistaken.

    >>> spelt("n\u043erth")
    'n[U+043E]rth'
    """
    return "".join(c if c.isascii() and c.isprintable() else f"[U+{ord(c):04X}]" for c in name)


def told_apart(one: str, other: str) -> str:
    """Return in words how two names that look the same differ; raises ValueError if they do not."""
    how = likeness(one, other)
    if how is None:
        raise ValueError("these names do not look the same")
    return f"{spelt(one)} and {spelt(other)}: {how.value}"
