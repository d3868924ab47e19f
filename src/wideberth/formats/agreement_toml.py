"""Agreement files: TOML to an agreement, or every reason why not.

Source: DESIGN section 6, agreement file; TOML 1.0.0. docs/formats/agreement.md is for people.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from wideberth.errors import WideberthError
from wideberth.formats.agreement_bound import bound_of, clause_of, languages_of
from wideberth.formats.agreement_council import council_rules_of
from wideberth.formats.agreement_notices import notice_rules_of
from wideberth.formats.agreement_places import area_of, window_of
from wideberth.formats.agreement_spectrum import restrictions_of, spectrum_rules_of
from wideberth.formats.agreement_tables import (
    channel_of,
    contact_of,
    heights_of,
    ids_of,
    named_point_of,
    notice_of,
    separation_of,
    table,
    tables,
)
from wideberth.formats.builtin import DEFAULT_HEIGHTS
from wideberth.formats.fields import Fields, show_value
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.model.agreement import Agreement, Separation
from wideberth.model.clause import Clause
from wideberth.model.span import TimeWindow

_KEYS: Final = frozenset(
    {
        "id", "version", "title", "parties", "clause", "separation", "notice", "heights",
        "restricted", "channel", "contact", "theatre", "named_point", "validity",
        "notices", "unit", "spectrum", "protection", "equipage", "languages", "council", "force",
        "caution_area", "protected_volume", "prohibited", "signatory",
    }
)  # fmt: skip


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the agreement of a file, with what was assumed, or with all that is wrong."""
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _refused(source, f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.")
    except RecursionError:
        return _refused(source, "the file is nested too deep.", "Write plain tables.")
    except ValueError as error:  # TOMLDecodeError, and numbers of more than 4300 digits
        return _refused(source, f"not TOML: {error}.", "Correct the line that is named.")
    return read_values(values, source, options)


def read_values(values: Mapping[str, Any], source: str, options: ReadOptions) -> Reading:
    """Return the agreement of a file's tables, however they were written down."""
    fields = Fields(values, "agreement")
    parts = _parts(fields, options)
    assumed = [p for p in fields.problems if p.severity is not Severity.ERROR]
    if len(assumed) < len(fields.problems):
        return Reading(source, "agreement", problems=tuple(fields.problems))
    try:
        agreement = Agreement(**parts)
    except WideberthError as error:
        return Reading(source, "agreement", problems=(Problem.of(error, "agreement"),))
    return Reading(
        source,
        "agreement",
        problems=tuple(assumed),
        understood=(_summary(agreement),),
        agreement=agreement,
    )


def _refused(source: str, what: str, remedy: str) -> Reading:
    return Reading(source, "agreement", problems=(Problem(Severity.ERROR, "file", what, remedy),))


def _parts(fields: Fields, options: ReadOptions) -> dict[str, Any]:
    """Return the agreement's fields by name; where one is refused, a problem has been noted."""
    fields.refuse_unknown(fields.values, _KEYS)
    parties = _parties(fields)
    languages = languages_of(fields)
    clauses = tables(fields, "clause", lambda f: clause_of(f, languages))
    known = ids_of(fields, "clause")
    separations = tables(fields, "separation", lambda f: separation_of(f, known))
    _refuse_twice(fields, clauses, separations)
    heights, assumed = heights_of(table(fields, "heights"), DEFAULT_HEIGHTS)
    fields.problems.extend(assumed)
    return {
        "id": fields.text("id", required=True),
        "version": _version(fields),
        "title": fields.text("title", required=True),
        "parties": parties,
        "clauses": clauses,
        "separations": separations,
        "heights": heights,
        "notice_periods": tables(fields, "notice", lambda f: notice_of(f, known)),
        "restrictions": restrictions_of(fields, known, options),
        "channels": tables(fields, "channel", lambda f: channel_of(f, known)),
        "contacts": tables(fields, "contact", lambda f: contact_of(f, parties)),
        "theatre": area_of(fields, "theatre", options) if "theatre" in fields else None,
        "named_points": tables(fields, "named_point", named_point_of),
        "validity": _validity(fields),
        "notice": notice_rules_of(fields, known, parties),
        "spectrum": spectrum_rules_of(fields, known),
        "council": council_rules_of(fields, known, parties),
        "languages": languages,
        **bound_of(fields, known, parties, options),
    }


def _parties(fields: Fields) -> tuple[str, ...]:
    value = fields.values.get("parties")
    remedy = 'Write it like parties = ["north", "south"].'
    if not isinstance(value, list) or not all(isinstance(p, str) and p.strip() for p in value):
        fields.fail(f"'parties' is {show_value(value)}, not a list of names.", remedy)
        return ()
    if len(value) < 2 or len(set(value)) != len(value):
        fields.fail(f"'parties' {value} are not two or more different names.", remedy)
    return tuple(value)


def _refuse_twice(
    fields: Fields, clauses: Iterable[Clause], separations: tuple[Separation, ...]
) -> None:
    for name, count in Counter(clause.id for clause in clauses).items():
        if count > 1:
            fields.fail(f"{count} clauses are called {name!r}.", "Give each its own id.")
    pairs = Counter("-".join(sorted(a.value for a in s.arenas)) for s in separations)
    for pair, count in pairs.items():
        if count > 1:
            fields.fail(f"{count} separations are given for {pair}.", "Keep one of them.")
    if not fields.values.get("separation"):
        fields.fail("no [[separation]] is given.", "Give the minima of at least one pair.")


def _version(fields: Fields) -> int | None:
    version = fields.integer("version")
    if "version" not in fields or (version is not None and version < 1):
        fields.fail("'version' is missing or less than 1.", "Write version = 1.")
    return version


def _validity(fields: Fields) -> TimeWindow | None:
    inner = table(fields, "validity")
    if inner is None:
        return None
    inner.refuse_unknown(inner.values, ("start", "end"))
    return window_of(inner)


def _summary(agreement: Agreement) -> str:
    pairs = ", ".join("-".join(a.value for a in s.arenas) for s in agreement.separations)
    guards = sum(not restriction.clause for restriction in agreement.restrictions)
    return (
        f"agreement {agreement.id!r} version {agreement.version} of"
        f" {', '.join(agreement.parties)}; minima for {pairs};"
        f" {len(agreement.restrictions) - guards} restricted bands,"
        f" and {guards} guarded from the start"
    )
