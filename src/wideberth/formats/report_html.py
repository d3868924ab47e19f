"""The report for people: one self-contained HTML page with pictures; it asks nothing of a network.

Everything that came from a file passes through jinja2's escaping; style and script are our own,
fixed texts, and the page's content security policy admits them by their hashes and nothing else.
"""

import base64
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jinja2
from markupsafe import Markup

from wideberth.formats.lookalike import named
from wideberth.formats.reading import Problem, Reading, Severity, files_of
from wideberth.formats.report_aboard import as_declared, count_aboard, volume_words
from wideberth.formats.report_budget import (
    ADVISORY,
    CLEARED_HEADING,
    NOT_CLEARED,
    closest_first,
    has_budget,
    is_not_cleared,
    other_notes,
)
from wideberth.formats.report_charts import frequency_chart, height_chart
from wideberth.formats.report_facts import (
    Axis,
    Status,
    VolumeIndex,
    agreement_words,
    axes,
    axis_words,
    headline,
    minima_words,
    parties_of,
    problems,
    status_of,
    volume_index,
)
from wideberth.formats.report_map import picture
from wideberth.formats.report_parties import PartyLook, looks_of
from wideberth.formats.report_svg import px
from wideberth.formats.report_words import (
    band,
    beside_id,
    beside_party,
    count,
    heights,
    position,
    sentence,
    window,
)
from wideberth.formats.shown import line, plain
from wideberth.interference.craft import is_aboard
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef

CONFLICTS_LISTED: Final = 1000
CLEARED_LISTED: Final = 20
VOLUMES_LISTED: Final = 1000
REMARKS_LISTED: Final = 300
_STATUS_WORDS: Final = {
    Status.CONFLICT: "Conflicts found",
    Status.INCOMPLETE: "Not complete",
    Status.NONE_FOUND: "None found",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict as the page names it; of: which volume, or which receiver aboard."""

    look: PartyLook
    activity: str
    title: str
    of: str


@dataclass(frozen=True, slots=True)
class Row:
    """One conflict as the page lists it; spot: where the map looks at it, or None.

    not_cleared: in large letters, where there is no figure to clear by; empty elsewhere.
    """

    number: int
    a: Side
    b: Side
    where: str
    when: str
    axes: tuple[tuple[Axis, str], ...]
    clause: str
    clause_text: str
    rule: str
    why: str
    notes: tuple[str, ...]
    spot: str | None
    not_cleared: str


def render(result: CheckResult, readings: Sequence[Reading]) -> str:
    """Return the page; the same bytes for the same result, whatever the order of the readings."""
    return _template().render(_content(result, readings))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["px"] = px
    environment.filters["plain"] = plain
    environment.filters["line"] = line
    environment.filters["named"] = named
    environment.filters["sentence"] = sentence
    return environment.get_template("report.html")


def _text(name: str) -> str:
    return files("wideberth.formats").joinpath("templates", name).read_text(encoding="utf-8")


def _admitted(name: str) -> tuple[Markup, str]:
    """Return one of our own texts to go in unescaped, and the hash the browser checks it by."""
    text = _text(name)
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Markup(text), f"'sha256-{digest}'"  # noqa: S704 - a fixed text of this package


def _content(result: CheckResult, readings: Sequence[Reading]) -> dict[str, Any]:
    index = volume_index(result)
    names = {ref.party for ref in index}
    found = (*result.conflicts, *result.cleared)
    names |= {ref.party for c in found for ref in (c.a, c.b)}
    looks = looks_of(sorted(names))
    style, style_hash = _admitted("report.css")
    script, script_hash = _admitted("report.js")
    drawn = as_declared(result, index)
    map_picture = picture(drawn, volume_index(drawn), looks)
    spots = map_picture.spots if map_picture else ()
    status = status_of(result, readings)
    return {
        "style": style,
        "script": script,
        "policy": f"default-src 'none'; style-src {style_hash}; script-src {script_hash};"
        " base-uri 'none'; form-action 'none'",
        "headline": headline(result, readings),
        "status": status.value.replace(" ", "-"),
        "status_words": _STATUS_WORDS[status],
        "advisory": ADVISORY,
        "has_budget": has_budget(result),
        "scope": _scope(result, readings),
        "looks": [looks[name] for name in sorted(looks)],
        "map": map_picture,
        "charts": [
            chart
            for chart in (
                height_chart(drawn, index, looks),
                frequency_chart(result, index, looks),
            )
            if chart is not None
        ],
        "rows": [
            _row(i, conflict, (result, index, looks), spots[i - 1] if i <= len(spots) else None)
            for i, conflict in enumerate(result.conflicts[:CONFLICTS_LISTED], start=1)
        ],
        "rows_cut": _cut(len(result.conflicts), CONFLICTS_LISTED, "conflict"),
        "cleared_heading": CLEARED_HEADING,
        "cleared": [
            (_side(c.a, index, looks), _side(c.b, index, looks), c.finding.why)
            for c in closest_first(result.cleared)[:CLEARED_LISTED]
        ],
        "cleared_cut": _cut(len(result.cleared), CLEARED_LISTED, "pair"),
        "volumes": _volume_rows(result, index, looks)[:VOLUMES_LISTED],
        "volumes_cut": _cut(len(_refs(result, index)), VOLUMES_LISTED, "volume"),
        **_remarks(readings),
        "not_judged": sorted(result.not_judged, key=lambda n: (sorted(n.arenas), n.why)),
        "links": sorted(result.links, key=lambda k: (k.name, k.members)),
        "agreement_words": agreement_words(result),
        "minima": [minima_words(separation) for separation in result.agreement.separations],
        "clauses": result.agreement.clauses,
        "files": files_of(readings),
        "severities": {severity.name: severity.value for severity in Severity},
    }


def _cut(total: int, listed: int, noun: str) -> str:
    if total <= listed:
        return ""
    return f"{count(total - listed, f'more {noun}')} not listed here; --format json lists all."


def _scope(result: CheckResult, readings: Sequence[Reading]) -> str:
    volumes = [v for a in result.activities for v in a.volumes if not is_aboard(v)]
    activities = count(len(result.activities), "activity", "activities")
    said = (
        f"{count(len(volumes), 'volume')} of {activities}"
        f" of {count(len(parties_of(result)), 'party', 'parties')},"
        f" from {count(len(readings), 'file')}"
    )
    starts = [v.time.start_s for v in volumes]
    ends = [v.time.end_s for v in volumes]
    aboard = count_aboard(result)
    if aboard:
        said += f", with {count(aboard, 'receiver')} aboard"
    if volumes and (math.isfinite(min(starts)) or math.isfinite(max(ends))):
        said += f"; {window(min(starts), max(ends))}"
    return f"{said}."


def _row(
    number: int,
    conflict: Conflict,
    what: tuple[CheckResult, VolumeIndex, dict[str, PartyLook]],
    spot: tuple[float, float, float] | None,
) -> Row:
    result, index, looks = what
    finding = conflict.finding
    texts = {clause.id: clause.text for clause in result.agreement.clauses}
    return Row(
        number=number,
        a=_side(conflict.a, index, looks),
        b=_side(conflict.b, index, looks),
        where=position(finding.place),
        when=window(finding.start_s, finding.end_s),
        axes=tuple((axis, axis_words(axis)) for axis in axes(finding)),
        clause=finding.clause,
        clause_text=texts.get(finding.clause, ""),
        rule=finding.rule,
        why=finding.why,
        notes=other_notes(finding),
        not_cleared=NOT_CLEARED if is_not_cleared(finding) else "",
        spot=" ".join(px(value) for value in spot) if spot else None,
    )


def _side(ref: VolumeRef, index: VolumeIndex, looks: dict[str, PartyLook]) -> Side:
    found = index.get(ref)
    title = beside_id(ref.activity, found[0].title) if found else ""
    name = beside_party(ref.party, ref.activity)
    of = volume_words(*found) if found else f"unknown volume {named(ref.volume)}"
    return Side(looks[ref.party], name, title, of)


def _refs(result: CheckResult, index: VolumeIndex) -> list[VolumeRef]:
    return sorted({r for c in result.conflicts for r in (c.a, c.b) if r in index})


def _volume_rows(
    result: CheckResult, index: VolumeIndex, looks: dict[str, PartyLook]
) -> list[tuple[Side, str, str, str]]:
    """Return each volume in a conflict: its side, heights, times and frequencies in words."""
    rows = []
    for ref in _refs(result, index):
        volume = index[ref][1]
        said = band(volume.freq) if volume.freq else ""
        when = window(volume.time.start_s, volume.time.end_s)
        rows.append((_side(ref, index, looks), heights(volume.height), when, said))
    return rows


def _remarks(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return remarks by severity, each list cut with words that say so."""
    found: dict[str, list[tuple[str, Problem]]] = {severity.name: [] for severity in Severity}
    for source, problem in problems(readings):
        found[problem.severity.name].append((source, problem))
    return {
        "remarks": {name: remarks[:REMARKS_LISTED] for name, remarks in found.items()},
        "remark_counts": {name: len(remarks) for name, remarks in found.items()},
        "remarks_cut": {
            name: _cut(len(remarks), REMARKS_LISTED, "remark") for name, remarks in found.items()
        },
    }
