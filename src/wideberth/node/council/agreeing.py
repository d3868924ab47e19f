"""What a node does about agreements: puts the signed one in force, and keeps to its suspension."""

from typing import Final

from wideberth.council import agreement
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError
from wideberth.formats.agreement_json import canonical
from wideberth.model.command import Suspend
from wideberth.node import suspending, tables
from wideberth.node.council import matters
from wideberth.node.heard_under import note_known
from wideberth.node.queries import LARGEST_PAGE
from wideberth.node.work import Work
from wideberth.node.working_agreement import Working, put_in_force, working
from wideberth.peering.council.agreement import (
    AgreementBody,
    AgreementCountered,
    AgreementProposed,
    AgreementSigned,
)
from wideberth.peering.council.said import Said

_BY: Final = "agreement"
_REASON: Final = "the agreement is suspended"


def asked(work: Work, one: Matter | None, said: Said, by: str) -> None:
    """Refuse a second key by the same person, and a text of ours that this program cannot apply."""
    if isinstance(said, AgreementProposed | AgreementCountered):
        agreement.refuse_unapplied(said.text)
    if one is None or not isinstance(said, AgreementSigned):
        return
    digest = agreement.folded(one).digest
    before = {
        step.by
        for step in one.steps
        if step.party == work.party
        and isinstance(step.said, AgreementSigned)
        and step.said.digest == digest
    }
    if by in before:
        raise NotFittingError(
            "this person has turned a key over this text already.",
            remedy="Another person with the right to sign turns the second.",
        )


def after(work: Work, one: Matter, _step: Step) -> tuple[AgreementBody, ...]:
    """Put in force what is signed and due, and suspend or take up the exchange as is said."""
    settle(work)
    _keep_to_suspension(work, one)
    return ()


def looked(work: Work, one: Matter) -> tuple[AgreementBody, ...]:
    """Put in force what is due by now; what was replaced suspends nothing any more."""
    settle(work)
    _keep_to_suspension(work, one)
    return ()


def settle(work: Work) -> None:
    """Put the highest version in force that is signed by all and whose time has come.

    Of two texts of one version (messages crossed) the one with the smaller digest counts, on every
    side. An agreement never goes back to a version before.
    """
    now = working(work.draft)
    signed = _signed(work)
    for one, _stand in signed:
        note_known(work.draft, agreement.text_of(one))
    due = [(one, stand) for one, stand in signed if (stand.effective_s or 0.0) <= work.now_s]
    if not due:
        return
    best = max(due, key=lambda pair: (pair[1].version, [-ord(c) for c in pair[1].digest]))
    one, stand = best
    if stand.version < work.agreement.version or (now is not None and now.digest == stand.digest):
        return
    # what was heard may be judged under another than ours: under the new one already, perhaps
    replaced = {canonical(work.agreement).decode(), *(() if now is None else (now.text,))}
    for before in sorted(replaced - {agreement.text_of(one)}):
        note_known(work.draft, before, until_s=work.now_s)
    put_in_force(
        work.draft,
        Working(
            text=agreement.text_of(one),
            digest=stand.digest,
            version=stand.version,
            matter=one.ref,
            since_s=work.now_s,
        ),
    )
    for other, _stand in signed:  # looked at again once the desk works under the new one
        key = tables.key(0, other.kind, other.opener, other.id)
        work.draft.put(tables.MATTER_DUE, key, b"")
    text = f"version {stand.version} of the agreement is in force, signed by all ({one.ref})."
    work.alerts.append(("duty officer", text))


def _signed(work: Work) -> list[tuple[Matter, agreement.AgreementStand]]:
    found: list[Matter] = []
    last = ""
    while True:
        page, last = matters.matters(
            work.draft, kind="agreement", is_open=False, after=last, limit=LARGEST_PAGE
        )
        found += page
        if not last:
            break
    pairs = ((one, agreement.stand(one, work.agreement)) for one in found)
    return [(one, stand) for one, stand in pairs if stand.signed_s is not None]


def _keep_to_suspension(work: Work, one: Matter) -> None:
    """Suspend our side of the exchange while we suspend the agreement, and take it up again."""
    stand = agreement.stand(one, work.agreement)
    suspends = work.party in stand.suspenders
    if agreement.is_replaced(stand, work.agreement):
        suspends = False
    reason = f"{_REASON} ({one.ref})"
    for party in one.others(work.party):
        peer = work.peer(party)
        if suspends and not peer.suspended_by_us:
            suspending.suspend(work, Suspend(party, by=_BY, reason=reason, suspended=True))
        elif not suspends and peer.suspended_by_us == reason:
            suspending.suspend(work, Suspend(party, by=_BY, reason="", suspended=False))
