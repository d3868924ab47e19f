"""Split a file of warnings into messages: NGA JSON, broadcast text, NAVTEX.

Sources: IMO MSC.1/Circ.1310 (series, number/year), IMO NAVTEX Manual (ZCZC B1B2B3B4 ... NNNN).
"""

import json
import re
from typing import Any, Final, NamedTuple

from wideberth.formats.navwarn_dates import day_number
from wideberth.formats.reading import Problem, Severity
from wideberth.units import SECONDS_PER_DAY

_ROMAN: Final = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()  # noqa: SIM905
)
_HYDRO: Final = {"A": "HYDROLANT", "P": "HYDROPAC", "C": "HYDROARC"}
_MONTHS: Final = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905
_GROUP: Final = re.compile(
    r"\b([0-9]{2})([0-9]{2})([0-9]{2}) ?(?:Z|UTC|GMT) ([A-Z]{3})[A-Z]* ([0-9]{4}|[0-9]{2})\b"
)
_AUTHORITY: Final = re.compile(
    r"(?:\b[0-9]+/[0-9]+\s+)?\b[0-9]{6} ?Z.*|\b[0-9]+/[0-9]+\.?\s*$", re.DOTALL
)


class Message(NamedTuple):
    """One warning. issue_s: seconds UTC. text is in capitals, without its header lines.

    issue_is_assumed: no date-time group was given, the first moment of the number's year is taken.
    """

    id: str
    party: str
    text: str
    issue_s: float
    where: str
    issue_is_assumed: bool = False


def series_of(area: str) -> str:
    """Return the series of an area code: "4" is NAVAREA IV, "P" is HYDROPAC."""
    if area in _HYDRO:
        return _HYDRO[area]
    if area.isascii() and area.isdigit() and 1 <= int(area[:4]) <= len(_ROMAN):
        return f"NAVAREA {_ROMAN[int(area[:4]) - 1]}"
    return f"NAVAREA {area}"


def group_s(text: str) -> float | None:
    """Return seconds UTC of the first date-time group with a year ("171636Z MAR 22"), or None."""
    match = _GROUP.search(text)
    if match is None or match[4] not in _MONTHS:
        return None
    day, hour, minute = int(match[1]), int(match[2]), int(match[3])
    year = int(match[5]) + (2000 if len(match[5]) == 2 else 0)
    number = day_number(year, _MONTHS.index(match[4]) + 1, day)
    if number is None or hour > 23 or minute > 59:
        return None
    return number * SECONDS_PER_DAY + hour * 3600.0 + minute * 60.0


def authority_of(text: str) -> str:
    """Return who issued it, without number and date-time group.

    >>> authority_of("AVURNAV LA REUNION 22/23 151532Z APR 23.")
    'AVURNAV LA REUNION'
    """
    return " ".join(_AUTHORITY.sub("", text[:200], count=1).upper().split()).strip(" .")


def messages_of_json(data: bytes, source: str) -> tuple[list[Message], list[Problem]]:
    """Return the messages of an NGA broadcast-warn file, and what could not be used of it."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        what = f"the file is not JSON: {str(error)[:200]}."
        return [], [Problem(Severity.ERROR, source, what, "Give the file as it was published.")]
    rows = whole.get("broadcast-warn") if isinstance(whole, dict) else whole
    if not isinstance(rows, list):
        what = 'the file has no list of warnings ("broadcast-warn").'
        return [], [Problem(Severity.ERROR, source, what, "Give the file as it was published.")]
    messages: list[Message] = []
    problems: list[Problem] = []
    for i, row in enumerate(rows):
        found = _message_of(row, f"{source}, warning {i}")
        if isinstance(found, Message):
            messages.append(found)
        else:
            problems.append(found)
    return messages, problems


def _message_of(row: Any, where: str) -> Message | Problem:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        shown = json.dumps(row, default=str)[:200]
        return Problem(Severity.ERROR, where, "no warning with a text.", "Add the text.", shown)
    values = [row.get(k) for k in ("navArea", "msgNumber", "msgYear")]
    text = row["text"].upper()
    if not all(isinstance(v, (str, int)) and str(v).strip() for v in values):
        what = f"area, number or year is missing: {values}."
        return Problem(Severity.ERROR, where, what[:300], "Give navArea, msgNumber, msgYear.", text)
    area, number, year = (str(v).strip()[:40] for v in values)
    series = series_of(area.upper())
    name = f"{series} {number}/{year[-2:]}"
    authority = row.get("authority")
    issued = row.get("issueDate")
    told = [str(v).upper() for v in (issued, authority) if isinstance(v, str)]
    issue_s = next((s for v in told if (s := group_s(v)) is not None), None)
    assumed = issue_s is None
    if issue_s is None:
        issue_s = year_start_s(year)
    if issue_s is None:
        what = f"{name} has no date of issue ({issued!r}) and no year."
        return Problem(Severity.ERROR, where, what[:300], "Write 171636Z MAR 2022.", text)
    party = (authority_of(authority) if isinstance(authority, str) else "") or series
    return Message(name, party, text, issue_s, f"{where}, {name}", assumed)


def year_start_s(year: str) -> float | None:
    """Return seconds UTC of the first moment of a year of two or four digits, or None."""
    if not (year.isascii() and year.isdigit() and len(year) in (2, 4)):
        return None
    number = day_number(int(year) + (2000 if len(year) == 2 else 0), 1, 1)
    return None if number is None else number * SECONDS_PER_DAY
