r"""What others wrote, as it is safe to show: on a screen, in a report, a picture, a sheet, a log.

Four things a text of another may do to a reader, and what is done about each: act on the terminal
or hide (control, zero-width and direction characters are written out, \u202e), move the words
around it (right-to-left text stands between U+2068 and U+2069, so that it is ordered for itself),
break a row (one line stays one line), and pile marks over its neighbours (a flood is cut, and the
cut is told). What is only shown is changed; what is kept, compared, sent or signed never is.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

ISOLATE: Final = "\u2068"  # FIRST STRONG ISOLATE
ENDED: Final = "\u2069"  # POP DIRECTIONAL ISOLATE
MOST_MARKS: Final = 4  # on one letter, as UTS 39 has it; no living script needs more
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me"})
_STRONG: Final = frozenset({"R", "AL", "AN"})
_BLANK: Final = (  # seen as nothing, though neither a space nor a control
    *("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", "\u180b\u180c\u180d\u180f"),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
)
_IGNORED: Final = frozenset("".join(_BLANK))
_RIGHT_TO_LEFT: Final = "\u2067"  # RIGHT-TO-LEFT ISOLATE, about a whole sentence
_ISOLATES: Final = f"{_RIGHT_TO_LEFT}{ISOLATE}{ENDED}"
_ONE: Final = f"{ISOLATE}[^\u2066-\u2069]+{ENDED}"
_PIECE: Final = re.compile(f"{_ONE}|{_RIGHT_TO_LEFT}(?:[^\u2066-\u2069]|{_ONE})+{ENDED}")
_PARTS: Final = re.compile(f"([{_ISOLATES}])")
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_QUOTED: Final = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def plain(text: str) -> str:
    r"""Return what another wrote as one piece that cannot act, hide, or move what is around it.

    >>> plain("\x1b[2Jnorth")
    '\\x1b[2Jnorth'
    """
    if text.isascii() and text.isprintable():
        return text
    return isolated(written(text))


def line(text: str) -> str:
    """Return a sentence of ours, with pieces of others in it, as one line that is safe to show.

    Pieces that `plain` made pass as they are, and so do sentences of the phrase book with their
    values set apart. Right-to-left words that were not set apart are set apart here, run by run;
    only `plain` knows where a name of several words begins and ends.
    """
    if text.isascii() and text.isprintable():
        return text
    said = ""
    end = 0
    for piece in _PIECE.finditer(text):
        said += _runs_isolated(written(text[end : piece.start()]))
        said += "".join(p if p in _ISOLATES else written(p) for p in _PARTS.split(piece[0]) if p)
        end = piece.end()
    return said + _runs_isolated(written(text[end:]))


def open_isolates(text: str, before: str = "") -> str:
    """Return what is set apart at the end of a text and not ended; before: at its beginning."""
    still = before
    for character in text:
        if character == ENDED:
            still = still[:-1]
        elif character in _ISOLATES:
            still += character
    return still


def block(text: str) -> str:
    """Return several lines, each of them safe to show."""
    return "\n".join(map(line, text.split("\n")))


def fitted(text: str, longest: int) -> str:
    """Return what another wrote as at most so many characters seen, the last of them an ellipsis.

    >>> fitted("WESTERN NORTH ATLANTIC", 10)
    'WESTERN N…'
    """
    said = written(text)
    return isolated(said if len(said) <= longest else f"{said[: longest - 1]}…")


def cell(text: str) -> str:
    """Return a text for a cell of a sheet that people open: safe, and never taken for a formula.

    >>> cell("=1+1"), cell("-33.5 deg"), cell("north")
    ("'=1+1", "'-33.5 deg", 'north')
    """
    return quoted_cell(plain(text))


def quoted_cell(text: str) -> str:
    """Return a text with a ' before what a spreadsheet would reckon; `unquoted_cell` undoes it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquoted_cell(text: str) -> str:
    """Return the text that `quoted_cell` was given."""
    return text[1:] if _QUOTED.match(text) else text


def quoted(text: str) -> str:
    r"""Return a text between quotes for a log line: what is written out is told from what it says.

    >>> print(quoted("it's \\x1b and \x1b\n"))
    'it\'s \\x1b and \x1b\n'
    """
    kept = text.replace("\\", r"\\").replace("'", r"\'").replace("\n", r"\n")
    return f"'{line(kept)}'"


def ascii_json(text: str) -> str:
    r"""Return JSON text with every character outside ASCII as \u and its code: the same value.

    >>> ascii_json('{"a": "\u202e"}') == '{"a": "\\u202e"}'
    True
    """
    if text.isascii():
        return text.replace("\x7f", r"\u007f")
    units = text.encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    codes = (high << 8 | low for high, low in pairs)
    return "".join(chr(c) if c < 0x7F else f"\\u{c:04x}" for c in codes)


def is_rtl(text: str) -> bool:
    """Return whether some of a text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _STRONG for c in text)


def is_hidden(character: str) -> bool:
    """Return whether a character acts or hides; such a one is written out."""
    return character in _IGNORED or unicodedata.category(character) in _HIDDEN


def isolated(text: str) -> str:
    """Return a written text set apart, if some of it runs from right to left."""
    return f"{ISOLATE}{text}{ENDED}" if is_rtl(text) else text


def written(text: str) -> str:
    """Return a text with all that acts or hides written out, and floods of marks cut."""
    said: list[str] = []
    marks = 0
    for character in text:
        if unicodedata.category(character) in _MARKS and character not in _IGNORED:
            marks += 1
            if not said:
                said.append("\u25cc")  # a mark never falls on what stands before
            said += [character] if marks <= MOST_MARKS else []
            continue
        said += [_cut(marks), _as_seen(character)]
        marks = 0
    return "".join([*said, _cut(marks)])


def _cut(marks: int) -> str:
    more = marks - MOST_MARKS
    return f"[{more} more mark{'s'[: more - 1]}]" if more > 0 else ""


@lru_cache(maxsize=4096)
def _as_seen(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) == "Zs":
        return " "
    return code_written(character) if is_hidden(character) else character


def code_written(character: str) -> str:
    r"""Return a character by its number: \x1b, \u202e, \U000e0041."""
    return (
        f"\\x{ord(character):02x}"
        if character.isascii()
        else character.encode("ascii", "backslashreplace").decode("ascii")
    )


def _runs_isolated(text: str) -> str:
    """Return a written text with each run of right-to-left characters set apart.

    A run goes from one such character to another with no left-to-right letter between.
    """
    if not is_rtl(text):
        return text
    said, start, end = "", -1, 0
    for at, character in enumerate(text):
        kind = unicodedata.bidirectional(character)
        if kind in _STRONG:
            if start < 0:
                said, start = said + text[end:at], at
            end = at + 1
        elif kind == "NSM" and start >= 0 and end == at:
            end = at + 1
        elif kind == "L" and start >= 0:
            said, start = f"{said}{ISOLATE}{text[start:end]}{ENDED}", -1
    if start >= 0:
        said += f"{ISOLATE}{text[start:end]}{ENDED}"
    return said + text[end:]
