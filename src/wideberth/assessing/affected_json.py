"""What an emitter does, as JSON fields."""

from typing import Any

from wideberth.assessing.advice import ADVISORY, named, unverified
from wideberth.assessing.affected import Assessment, Effect
from wideberth.formats.budget_json import budget_fields
from wideberth.formats.report_json import conflict_fields, number
from wideberth.model.conflict import VolumeRef


def fields(found: Assessment) -> dict[str, Any]:
    """Return an assessment as JSON fields; conflicts are as the check's report has them."""
    return {
        "advisory": ADVISORY,
        "agreement": named(found.agreement),
        "party": found.subject.party,
        "activity": found.subject.activity,
        "volumes": [
            {
                "volume": volume.id,
                "freq_low_hz": number(volume.freq.low_hz) if volume.freq else None,
                "freq_high_hz": number(volume.freq.high_hz) if volume.freq else None,
                "eirp_dbm": number(volume.eirp_dbm),
            }
            for volume in found.volumes
        ],
        "clear": found.is_clear,
        "effects": [_effect(effect) for effect in found.effects],
        "not_judged": [
            {"arenas": sorted(entry.arenas), "pairs": entry.pairs, "why": entry.why}
            for entry in found.not_judged
        ],
        "unverified": list(unverified(e.budget for e in found.effects if e.budget is not None)),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    budget = effect.budget
    return {
        "ours": _volume(effect.ours),
        "theirs": _volume(effect.theirs),
        "cleared": effect.is_cleared,
        "margin_db": None if budget is None else number(budget.margin_db),
        "required_m": number(effect.needed.distance_m),
        "required_why": effect.needed.why,
        "required_eirp_dbm": None if budget is None else number(budget.need_dbm),
        "conflict": {
            **conflict_fields(effect.conflict),
            **({} if budget is None else {"budget": budget_fields(budget)}),
        },
    }


def _volume(ref: VolumeRef) -> dict[str, str]:
    return {"party": ref.party, "activity": ref.activity, "volume": ref.volume}
