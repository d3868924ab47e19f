"""Split a text file of warnings, as broadcast, into messages.

Each begins with its series and number ("HYDROPAC 1247/23(61)."), after its date-time group or
before it, or stands between ZCZC and NNNN (NAVTEX Manual, IMO MSC.1/Circ.1403).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from wideberth.formats.navwarn_messages import Message, authority_of, group_s, year_start_s
from wideberth.formats.reading import Problem, Severity

_SERIES: Final = r"NAVAREA [IVX]+(?: COASTAL)?|HYDRO(?:PAC|LANT|ARC)|AVURNAV [A-Z ]+|AUSCOAST|WZ"
_HEADER: Final = re.compile(
    rf"^[ \t]*({_SERIES})[ \t]+([0-9]{{1,5}})/([0-9]{{4}}|[0-9]{{2}})[ \t]*"
    r"(?:\([^)\n]*\))?[ \t]*\.?[ \t\r]*$",
    re.MULTILINE,
)
_LIKE_HEADER: Final = re.compile(
    rf"^[ \t]*(?:{_SERIES})[ \t]+[0-9]{{1,5}}/[0-9]{{2,4}}\b.*$", re.MULTILINE
)
_NAVTEX: Final = re.compile(r"^[ \t]*ZCZC[ \t]+([A-Z]{2}[0-9]{2})\b", re.MULTILINE)
_NAVTEX_END: Final = re.compile(r"^[ \t]*NNNN\b.*$", re.MULTILINE)
_GROUP_LINE: Final = re.compile(
    r"^[ \t]*[0-9]{6} ?(?:Z|UTC|GMT) [A-Z]{3} [0-9]{2,4}[ \t\r.]*$", re.MULTILINE
)
_AUTHORITY: Final = re.compile(r"^[ \t]*(?://)?AUTHORITY:[ \t]*(.+)$", re.MULTILINE)
_WRAPPED: Final = re.compile(r"(?:\bCANCEL|,|\bAND|\bREFER TO|\bSEE|\bOF)[ \t\r]*\n[ \t\r]*\Z")


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a message begins, with its group line; where its words begin; its name's parts."""

    at: int
    words_at: int
    series: str
    number: str
    year: str = ""
    stop: int = -1  # the end mark's place, where there is one


def looks_like_broadcast(text: str) -> bool:
    """Return whether a text has the header of a warning among its first 20,000 characters."""
    head = text[:20_000].upper()
    return bool(_HEADER.search(head) or _NAVTEX.search(head))


def messages_of_text(text: str, source: str) -> tuple[list[Message], list[Problem]]:
    """Return the messages of a broadcast text, and the words that stand outside of any."""
    text = text.upper().replace("\r\n", "\n")
    starts = _starts(text)
    if not starts:
        what = "no warning was found."
        remedy = "Each begins with its series and number (HYDROPAC 1247/23.) or with ZCZC."
        return [], [Problem(Severity.ERROR, source, what, remedy, text[:20_000].strip())]
    messages: list[Message] = []
    problems = _outside(text[: starts[0].at], source)
    for i, start in enumerate(starts):
        after = starts[i + 1].at if i + 1 < len(starts) else len(text)
        end = min(start.stop, after) if start.stop >= 0 else after
        found = _message(start, text[start.at : start.words_at], text[start.words_at : end], source)
        if isinstance(found, Message):
            messages.append(found)
            problems.extend(_hidden(found))
        else:
            problems.append(found)
        problems.extend(_outside(_NAVTEX_END.sub("", text[end:after], count=1), source))
    return messages, problems


def _starts(text: str) -> list[_Start]:
    groups = {m.end(): m.start() for m in _GROUP_LINE.finditer(text)}
    found: list[_Start] = []
    covered_to = 0
    for match in _NAVTEX.finditer(text):
        end = _NAVTEX_END.search(text, match.end())
        stop = end.start() if end else -1
        found.append(_Start(match.start(), match.end(), "NAVTEX", match[1], stop=stop))
    blocks = [(s.at, s.stop if s.stop >= 0 else s.words_at + 400) for s in found]
    for match in _HEADER.finditer(text):
        before_it = bisect_right(blocks, (match.start(), 0))
        inside = before_it > 0 and match.start() < blocks[before_it - 1][1]
        if inside or _WRAPPED.search(text[max(0, match.start() - 200) : match.start()]):
            continue
        before = text[covered_to : match.start()].rstrip()
        at = groups.get(covered_to + len(before), match.start())
        found.append(_Start(at, match.end(), " ".join(match[1].split()), match[2], match[3][-2:]))
        covered_to = match.end()
    return sorted(found, key=lambda s: s.at)


def _message(start: _Start, head: str, words: str, source: str) -> Message | Problem:
    is_navtex = start.series == "NAVTEX"
    series = start.series
    inner = _HEADER.search(words[:400]) if is_navtex else None
    if inner and _WRAPPED.search(words[: inner.start()]):
        inner = None
    name = f"NAVTEX {start.number}" if is_navtex else f"{series} {start.number}/{start.year}"
    if is_navtex:
        series = " ".join(inner[1].split()) if inner else f"NAVTEX {start.number[0]}"
    group = _GROUP_LINE.search(words[:400])
    issue_s = group_s(head)
    if issue_s is None and group is not None:
        issue_s = group_s(group[0])
    assumed = issue_s is None
    if issue_s is None:
        issue_s = year_start_s(inner[3] if inner else start.year)
    where = f"{source}, {name}"
    if issue_s is None:
        what = f"{name} has neither a date-time group nor a year."
        remedy = "Add a line like 171636Z MAR 22."
        return Problem(Severity.ERROR, where, what, remedy, words.strip())
    told = _AUTHORITY.search(words)
    party = authority_of(told[1]) if told else ""
    for cut in (told, inner, group):
        if cut is not None:
            words = words.replace(cut[0], "", 1)
    return Message(name, party or series, words, issue_s, where, assumed)


def _outside(words: str, source: str) -> list[Problem]:
    if not words.strip(" \t\r\n/.=-"):
        return []
    what = "words stand outside of any warning and were not read."
    return [Problem(Severity.PARTIAL, source, what, "Look at them.", words.strip())]


def _hidden(message: Message) -> list[Problem]:
    """Return a remark for each line that may begin another message and does not quite."""
    text = message.text
    found = [
        m
        for m in _LIKE_HEADER.finditer(text)
        if not _WRAPPED.search(text[max(0, m.start() - 200) : m.start()])
    ]
    what = "a line that may begin another message; it was read as part of this one."
    remedy = "Write series and number on a line of their own: HYDROPAC 1247/23."
    return [Problem(Severity.PARTIAL, message.where, what, remedy, m[0].strip()) for m in found]
