"""Consents that activities need: which caution areas they enter, and whether all have consented.

Both sides judge the activity as disclosed, and so come to the same. A private activity is judged as
it is, at its own node alone: consent to it cannot be asked, which is an alarm there.
"""

from typing import Final

from wideberth.council import consent
from wideberth.council.consent import ConsentStand
from wideberth.council.matter import Matter
from wideberth.engine.caution import areas_entered, channel_of
from wideberth.model.activity import Activity, State
from wideberth.model.binding import CautionArea
from wideberth.node import tables
from wideberth.node.council import matters
from wideberth.node.council.known import BY_ITSELF, Known, Name, has_all, known_of, may_be_told
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.consent import ConsentAsked, ConsentChanged, ConsentEnded
from wideberth.peering.wire import from_wire

NOT_ASKED: Final = "consent not asked"
_BEGUN: Final = (State.ACTIVATED, State.NONCONFORMING, State.CONTINGENT)


def to_be_said(work: Work, name: Name) -> tuple[CouncilBody, ...]:
    """Return what is to be asked, changed or ended about an own activity in caution areas."""
    if name[0] != work.party:
        return ()
    known = known_of(work, name)
    found = _matters_about(work, name)
    if not (found or work.agreement.caution_areas) or known is None:
        return ()
    areas = {} if known.seen.is_over else {one.id: one for one in _consenting(work, known.seen)}
    said: list[CouncilBody] = []
    for one in found:
        now = consent.stand(one, work.agreement)
        if all(has_all(work, party, known) for party in one.others(work.party)):
            said += _news(one, now, known, is_in=now.area in areas)
    have = {consent.stand(one, work.agreement).area for one in found}
    told = tuple(p.party for p in work.peers() if may_be_told(work, p.party, known))
    if told:
        said += [_asked(work, known, area, told) for key, area in areas.items() if key not in have]
    return tuple(said)


def look_for_unasked(work: Work, name: Name) -> None:
    """Raise the alarm where an own activity needs a consent that cannot be asked for."""
    subject = tables.key(*name)
    held = work.held(*name) if name[0] == work.party and work.agreement.caution_areas else None
    is_unasked = False
    if held is not None:
        activity = from_wire(held.activity, is_checked=True)
        known = known_of(work, name)
        others = [party for party in work.agreement.parties if party != work.party]
        is_told = known is not None and all(has_all(work, party, known) for party in others)
        is_unasked = not activity.is_over and not is_told and bool(_consenting(work, activity))
    if is_unasked:
        text = (
            "an own activity is in a caution area, and consent cannot be asked of every party: it"
            " is private, or not every party was told of it."
        )
        work.raise_alarm(NOT_ASKED, subject, text)
    else:
        work.clear_alarm(NOT_ASKED, subject, "consent is asked, or is not needed")


def is_lacking(work: Work, name: Name, peer: str) -> bool:
    """Return whether a notice between us and a peer may not count: a consent is not there.

    The consent of the party that was told of the activity, for its shape and time as they are now.
    """
    if not work.agreement.caution_areas:
        return False
    known = known_of(work, name)
    if known is None or known.seen.is_over:
        return False
    areas = _consenting(work, known.seen)
    stands = {one.area: (m, one) for m, one in _stands_about(work, name)} if areas else {}
    receiver = peer if name[0] == work.party else work.party
    return any(not _is_given(stands.get(area.id), known, receiver) for area in areas)


def _is_given(found: tuple[Matter, ConsentStand] | None, known: Known, receiver: str) -> bool:
    if found is None:
        return False
    matter, now = found
    is_same = now.state == "given" and now.digest == known.digest
    return is_same and receiver in matter.parties


def _news(one: Matter, now: ConsentStand, known: Known, *, is_in: bool) -> list[CouncilBody]:
    named = {"opener": one.opener, "matter": one.id, "role": BY_ITSELF}
    if not is_in:
        return [] if now.state == "ended" else [ConsentEnded(**named)]  # type: ignore[arg-type]
    is_begun = known.seen.state in _BEGUN
    if (now.digest, now.activated) == (known.digest, is_begun) and now.state != "ended":
        return []
    return [
        ConsentChanged(
            opener=one.opener,
            matter=one.id,
            role=BY_ITSELF,
            begins_s=known.begins_s,
            digest=known.digest,
            activated=is_begun,
        )
    ]


def _asked(work: Work, known: Known, area: CautionArea, told: tuple[str, ...]) -> ConsentAsked:
    return ConsentAsked(
        role=BY_ITSELF,
        parties=(work.party, *told),
        activity=known.seen.id,
        area=area.id,
        title=area.title,
        clause=area.clause,
        channel=channel_of(area, work.agreement),
        begins_s=known.begins_s,
        digest=known.digest,
        activated=known.seen.state in _BEGUN,
    )


def _consenting(work: Work, activity: Activity) -> list[CautionArea]:
    """Return the caution areas that an activity enters and that ask for consent."""
    return [one for one in areas_entered(activity, work.agreement) if one.consent]


def _matters_about(work: Work, name: Name) -> list[Matter]:
    """Return the consents that an activity's owner has asked for it."""
    first, before = tables.under(*name)
    rows = work.draft.scan(tables.CONSENT_OF, first=first, before=before)
    found = (matters.matter(work.draft, "consent", name[0], raw.decode()) for _key, raw in rows)
    return [one for one in found if one is not None]


def _stands_about(work: Work, name: Name) -> list[tuple[Matter, ConsentStand]]:
    return [(one, consent.stand(one, work.agreement)) for one in _matters_about(work, name)]
