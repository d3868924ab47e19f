"""The report for programs: JSON as DESIGN section 6 promises it, the same bytes every time."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from wideberth.formats.budget_json import budget_fields
from wideberth.formats.reading import Reading, files_of
from wideberth.formats.report_aboard import count_aboard
from wideberth.formats.report_budget import ADVISORY
from wideberth.formats.report_facts import (
    VolumeIndex,
    arena_pair,
    margin_of,
    problem_counts,
    problems,
    volume_index,
)
from wideberth.formats.times import show_utc
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef


def render(result: CheckResult, readings: Sequence[Reading]) -> str:
    """Return the whole report as indented ASCII JSON ending in a newline.

    Metres, seconds and hertz to 3 decimals. null: open-ended time, or an axis that plays no part.
    """
    index = volume_index(result)
    report = {
        "conflicts": [conflict_fields(conflict) for conflict in result.conflicts],
        "cleared": [conflict_fields(conflict) for conflict in result.cleared],
        "problems": [
            {
                "source": source,
                "severity": problem.severity.value,
                "where": problem.where,
                "what": problem.what,
                "remedy": problem.remedy,
                "text": problem.text,
            }
            for source, problem in problems(readings)
        ],
        "agreement": agreement_fields(result.agreement),
        "counts": count_fields(result, readings, index),
        "not_judged": [
            {"arenas": sorted(entry.arenas), "pairs": entry.pairs, "why": entry.why}
            for entry in sorted(result.not_judged, key=lambda n: (sorted(n.arenas), n.why))
        ],
        "links": [
            {
                "name": link.name,
                "members": [{"party": party, "activity": name} for party, name in link.members],
                "why": link.why,
                "disagreements": list(link.disagreements),
            }
            for link in sorted(result.links, key=lambda k: (k.name, k.members))
        ],
        "within": result.within,
        "advisory": ADVISORY,
    }
    return json.dumps(report, allow_nan=False, indent=2) + "\n"


def conflict_fields(conflict: Conflict) -> dict[str, Any]:
    """Return one conflict as JSON fields.

    freq_hz is there only where frequency plays a part, budget only where radio waves are reckoned.
    """
    finding = conflict.finding
    gaps = finding.gaps
    margin = margin_of(gaps, finding.minima)
    has_freq = gaps.freq_hz is not None
    return {
        "a": _volume(conflict.a),
        "b": _volume(conflict.b),
        "rule": finding.rule,
        "clause": finding.clause,
        "lateral_m": number(gaps.lateral_m),
        "vertical_m": number(gaps.vertical_m),
        "time_s": number(gaps.time_s),
        **({"freq_hz": number(gaps.freq_hz)} if has_freq else {}),
        "margin": {
            "lateral_m": number(margin.lateral_m),
            "vertical_m": number(margin.vertical_m),
            "time_s": number(margin.time_s),
            **({"freq_hz": number(margin.freq_hz)} if has_freq else {}),
        },
        "from": show_utc(finding.start_s),
        "to": show_utc(finding.end_s),
        "why": finding.why,
        "place": [number(degrees, 7) for degrees in finding.place],
        "notes": list(finding.notes),
        **({} if finding.budget is None else {"budget": budget_fields(finding.budget)}),
    }


def _volume(ref: VolumeRef) -> dict[str, str]:
    return {"party": ref.party, "activity": ref.activity, "volume": ref.volume}


def agreement_fields(agreement: Agreement) -> dict[str, Any]:
    """Return the agreement judged by: which it is, its clauses, its minima by pair of arenas."""
    return {
        "id": agreement.id,
        "version": agreement.version,
        "title": agreement.title,
        "builtin": agreement.builtin,
        "parties": list(agreement.parties),
        "clauses": [{"id": clause.id, "text": clause.text} for clause in agreement.clauses],
        "separations": [
            {
                "arenas": [arena.value for arena in separation.arenas],
                "clause": separation.clause,
                "lateral_m": number(separation.minima.lateral_m),
                "vertical_m": number(separation.minima.vertical_m),
                "time_s": number(separation.minima.time_s),
                "freq_hz": number(separation.minima.freq_hz),
            }
            for separation in agreement.separations
        ],
    }


def count_fields(
    result: CheckResult, readings: Sequence[Reading], index: VolumeIndex
) -> dict[str, Any]:
    """Return how much was read, judged and found; volumes are those declared."""
    aboard = count_aboard(result)
    pairs = Counter(arena_pair(conflict, index) for conflict in result.conflicts)
    return {
        "files": len(files_of(readings)),
        "activities": len(result.activities),
        "volumes": sum(len(activity.volumes) for activity in result.activities) - aboard,
        "receivers_aboard": aboard,
        "conflicts": len(result.conflicts),
        "cleared": len(result.cleared),
        "conflicts_by_arenas": dict(sorted(pairs.items())),
        "problems": {
            severity.value: number for severity, number in problem_counts(readings).items()
        },
    }


def number(value: float | None, digits: int = 3) -> float | None:
    """Return a figure to so many decimals, never minus zero; None where there is no finite one."""
    if value is None or not math.isfinite(value):
        return None
    return round(value, digits) + 0.0
