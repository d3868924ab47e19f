"""What looks wrong about activities in the light of the agreement (REQUIREMENTS R4).

Nothing here refuses: each remark names an activity that a person should look at before trusting
the answer about it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wideberth.engine.distance import gap
from wideberth.engine.shape import shape_of
from wideberth.engine.words import nautical_miles
from wideberth.formats.reading import Problem, Reading, Severity
from wideberth.formats.times import show_utc
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement


def look_over(activities: Sequence[Activity], agreement: Agreement) -> Reading:
    """Return remarks on activities outside the agreement's parties, theatre or validity."""
    ordered = sorted(activities, key=lambda a: (a.party, a.id))
    remarks = [
        *_parties(ordered, agreement),
        *(remark for a in ordered for remark in _places(a, agreement)),
        *(remark for a in ordered for remark in _times(a, agreement)),
    ]
    return Reading(source=f"agreement {agreement.id}", format="check", problems=tuple(remarks))


def _parties(activities: Sequence[Activity], agreement: Agreement) -> Iterator[Problem]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in (*agreement.parties, *(a.party for a in activities)):
        spellings[" ".join(name.casefold().split())].add(name)
    for names in spellings.values():
        if len(names) > 1:
            listed = ", ".join(repr(name) for name in sorted(names))
            what = f"parties {listed} differ only in letter case or spaces, and count as different."
            yield Problem(Severity.PARTIAL, "parties", what, "Spell a party one way everywhere.")


def _places(activity: Activity, agreement: Agreement) -> Iterator[Problem]:
    if agreement.theatre is None:
        return
    theatre = shape_of(agreement.theatre)
    for volume in activity.volumes:
        away = gap(theatre, shape_of(volume.footprint))
        if away.gap_m > 0.0:
            what = f"lies {nautical_miles(away.gap_m)} outside the theatre."
            where = f"{activity.party} {activity.id}, volume {volume.id}"
            yield Problem(Severity.PARTIAL, where, what, "Check its position.")


def _times(activity: Activity, agreement: Agreement) -> Iterator[Problem]:
    valid = agreement.validity
    if valid is None:
        return
    for volume in activity.volumes:
        if volume.time.start_s < valid.start_s or volume.time.end_s > valid.end_s:
            what = (
                "is not wholly within the agreement's validity,"
                f" {show_utc(valid.start_s) or 'open'} to {show_utc(valid.end_s) or 'open'}."
            )
            where = f"{activity.party} {activity.id}, volume {volume.id}"
            yield Problem(Severity.PARTIAL, where, what, "Check its times, or renew the agreement.")
