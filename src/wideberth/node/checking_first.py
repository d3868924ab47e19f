"""What declaring would be answered, without declaring: nothing is written, signed, logged or told.

Goes the way of declaring and searching as far as these only look, so that both say the same.
"""

from collections.abc import Iterable, Sequence

from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.command import Declare
from wideberth.node import keeping, queries, telling, together
from wideberth.node.answers import Answer, NotJudged
from wideberth.node.declaring import advice_on, drawn_up
from wideberth.node.judging import Name, boxes_of, judge_all
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Lead, Met, Notice, Peer, Way
from wideberth.node.renewing import refuse_outdated
from wideberth.node.searching import met_by_id, not_judged, unjudged
from wideberth.node.settings import Settings
from wideberth.peering.disclosed import disclosed

Result = Answer | WideberthError


def check_first(
    reader: Reader, settings: Settings, asked: Sequence[Declare], *, now_s: float
) -> list[Result]:
    """Return for each declaration the answer or refusal that it would get now.

    No two may be about the same activity. The notices in an answer are those that would go: they
    have no message, sequence or index yet. One peer's message may still prove too large to send.
    """
    refuse_outdated(reader, settings)
    drawn = [_drawn_up(reader, settings, one, now_s) for one in asked]
    good = [one for one in drawn if not isinstance(one, WideberthError)]
    found = _found(reader, settings, [activity for _held, activity in good], now_s)
    heights = settings.agreement.heights
    broken = keeping.would_break(reader, heights, [one for _held, one in good], now_s)
    results: list[Result] = []
    for one in drawn:
        if isinstance(one, WideberthError):
            results.append(one)
            continue
        held, activity = one
        notices = tuple(_notices(reader, settings, held, activity))
        met, unruled = found[activity.party, activity.id]
        answer = Answer(
            activity=held,
            conflicts=met,
            broken=broken[activity.party, activity.id],
            not_judged=unruled,
            notices=notices,
            advice=advice_on(notices),
        )
        results.append(answer)
    return results


def _drawn_up(
    reader: Reader, settings: Settings, one: Declare, now_s: float
) -> tuple[Held, Activity] | WideberthError:
    held = queries.activity(reader, settings.party, one.activity.id)
    try:
        return drawn_up(settings, one, held, now_s=now_s)
    except WideberthError as refusal:
        return refusal


def _found(
    reader: Reader, settings: Settings, activities: Sequence[Activity], now_s: float
) -> dict[Name, tuple[tuple[Met, ...], tuple[NotJudged, ...]]]:
    """Return the conflicts of each activity, and what was not judged."""
    present = {(one.party, one.id): one for one in activities}
    searches = judge_all(reader, settings.agreement, present, boxes_of(settings, activities))
    met: dict[str, Met] = {}
    for one in searches:
        met |= met_by_id(reader, one.conflicts, {**one.near, **present}, now_s=now_s)
    left_out = {name: one.why for one in searches if not one.is_whole for name in one.about}
    return {
        name: (
            tuple(_of(name, met.values())),
            (*unjudged(left_out.get(name)), *not_judged(reader, settings, activity)),
        )
        for name, activity in present.items()
    }


def _of(name: Name, met: Iterable[Met]) -> list[Met]:
    mine = (one for one in met if name in together.parties_to(one))
    return sorted(mine, key=lambda one: one.id)


def _notices(
    reader: Reader, settings: Settings, held: Held, activity: Activity
) -> Iterable[Notice]:
    """Yield what would go to each peer."""
    seen = disclosed(activity)
    if seen is None:
        return
    for peer in queries.peers(reader):
        if telling.is_suspended(peer):
            continue
        told = telling.told_to(reader, peer.party, activity.id)
        match telling.due(told, seen, held):
            case telling.Due.ALL:
                received_s = held.changed_s
                lead = telling.lead_at(settings.agreement, seen, peer.party, received_s=received_s)
                yield _notice(peer, held, seen, lead=lead, moved=held.moved)
            case telling.Due.CHANGE:
                yield _notice(peer, held, seen)
            case telling.Due.NOTHING:
                pass


def _notice(
    peer: Peer, held: Held, seen: Activity, *, lead: Lead | None = None, moved: str = ""
) -> Notice:
    return Notice(
        way=Way.OUT,
        peer=peer.party,
        owner=seen.party,
        activity=seen.id,
        revision=seen.revision,
        state=seen.state,
        message="",
        sequence=0,
        index=0,
        sent_s=held.changed_s,
        lead=lead,
        moved=moved,
    )
