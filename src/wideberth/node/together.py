"""Conflicts of more than two activities: emissions that only together harm a receiver.

Such a conflict names its strongest emission and the receiver; it is kept for all that take part.
When one of them changes, those named are looked at again, for the rest may still be too much.
"""

from collections.abc import Collection, Iterable, Mapping

from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.budget import Case
from wideberth.node import queries, tables
from wideberth.node.judging import Name
from wideberth.node.ports import Reader
from wideberth.node.records import Met, Side
from wideberth.peering.wire import from_wire


def parties_to(met: Met) -> frozenset[Name]:
    """Return the activities in a conflict: the two it names, and all that only together harm."""
    named = {(side.party, side.activity) for side in (met.a, met.b)}
    return frozenset(named | _contributors(met))


def drawn_in(reader: Reader, changed: Mapping[Name, Activity | None]) -> dict[Name, Activity]:
    """Return the activities to be searched again because one that harmed with them has changed."""
    found: dict[Name, Activity] = {}
    for met in _joint_conflicts(reader, changed):
        for name in parties_to(met) - changed.keys() - found.keys():
            held = queries.activity(reader, *name)
            if held is None:
                continue  # a band of the agreement, or long gone
            try:
                found[name] = from_wire(held.activity, is_checked=True)
            except WideberthError:
                continue  # what cannot be read is told where it is near
    return found


def superseded(reader: Reader, met: Met, found: Collection[str]) -> list[str]:
    """Return earlier conflicts about the same receiver whose strongest emission was another.

    Of sums, of which a receiver has one; of products it has one for each emitter they leave by.
    """
    receiver = _receiver(met)
    if receiver is None or met.budget is None or met.budget["case"] != Case.AGGREGATE:
        return []
    return sorted(
        {
            before.id
            for before in _joint_conflicts(reader, parties_to(met))
            if before.id not in found and before.rule == met.rule and _receiver(before) == receiver
        }
    )


def _joint_conflicts(reader: Reader, names: Iterable[Name]) -> list[Met]:
    """Return the conflicts that last in which any of the activities takes part with others."""
    found: dict[str, Met] = {}
    for name in names:
        first, before = tables.under(*name)
        for key, _nothing in reader.scan(tables.CONFLICT_OF, first=first, before=before):
            met = queries.conflict(reader, tables.parts(key)[-1])
            if met is not None and _contributors(met):
                found[met.id] = met
    return list(found.values())


def _contributors(met: Met) -> set[Name]:
    together = met.budget["contributors"] if met.budget else ()
    return {(one["party"], one["activity"]) for one in together}


def _receiver(met: Met) -> tuple[str, str, str] | None:
    """Return which volume is harmed: the side that is no contributor's; None: no joint conflict."""
    together = met.budget["contributors"] if met.budget else ()
    harming = {(one["party"], one["activity"], one["volume"]) for one in together}
    if not harming:
        return None
    sides = [_named(side) for side in (met.a, met.b)]
    return next((side for side in sides if side not in harming), None)


def _named(side: Side) -> tuple[str, str, str]:
    return side.party, side.activity, side.volume
