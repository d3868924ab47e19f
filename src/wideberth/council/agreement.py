"""Agreements: on the table until every party has turned all its keys over one text.

A party that has signed a text with all its keys cannot counter or reject it any more. So a text
that is signed by all, as far as one side knows, stays signed whatever is still on its way: both
sides come to the same, and neither works under a text that the other has taken back.
"""

from typing import Final

from msgspec import Struct, field

from wideberth.assessing.applying import unapplied_text
from wideberth.council.agreement_fold import AgreementFold, Signature, SuspensionSaid
from wideberth.council.agreement_terms import ItemTerm, terms_of
from wideberth.council.clocks import at
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError
from wideberth.council.stand import Alert, Kind, Seen, Stand, Watch
from wideberth.formats.agreement_json import agreement_digest
from wideberth.model.agreement import Agreement
from wideberth.peering.council.agreement import (
    AgreementBody,
    AgreementCountered,
    AgreementProposed,
    AgreementRejected,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementTicked,
)
from wideberth.peering.council.said import Said

MOST_TEXTS: Final = 50  # of one side on one table: a matter is kept whole, with all its texts


class KeysWanted(Struct, frozen=True, kw_only=True):
    """Who signs for a party, and how many keys there are and should be."""

    party: str
    role: str
    keys: int
    turned: int


class AgreementStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: proposed, signing, signed, suspended, terminated or rejected.

    version, digest: of the text on the table, offered_by whom. signed_s: when the last key was
    turned; effective_s: from when it is in force. ends_s: terminated for then; expires_s: by its
    own validity. ticked: items done, by party; checklist: of the text.
    """

    version: int
    digest: str
    offered_by: str
    keys: tuple[KeysWanted, ...]
    signatures: tuple[Signature, ...] = ()
    signed_s: float | None = None
    effective_s: float | None = None
    expires_s: float | None = None
    ends_s: float | None = None
    suspensions: tuple[SuspensionSaid, ...] = ()
    suspended_for_s: float = 0.0
    checklist: tuple[ItemTerm, ...] = ()
    ticked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clause: str = ""

    @property
    def suspenders(self) -> tuple[str, ...]:
        """Return the parties that suspend it."""
        return tuple(one.party for one in self.suspensions if one.until_s is None)


def stand(matter: Matter, _agreement: Agreement) -> AgreementStand:
    """Return where an agreement stands."""
    fold = folded(matter)
    terms = fold.terms
    done_s = sum(one.until_s - one.from_s for one in fold.suspensions if one.until_s is not None)
    start_s = terms.start_s
    signed_s = fold.signed_s
    return AgreementStand(
        state=fold.state,
        title=f"version {terms.version}: {terms.title}",
        is_open=fold.state in ("proposed", "signing", "suspended"),
        idle=tuple(fold.idle),
        version=terms.version,
        digest=fold.digest,
        offered_by=fold.offered_by,
        keys=tuple(
            KeysWanted(
                party=party,
                role=terms.signatory_of(party).role,
                keys=terms.signatory_of(party).keys,
                turned=fold.turned(party),
            )
            for party in matter.parties
        ),
        signatures=tuple(fold.signatures),
        signed_s=signed_s,
        effective_s=None if signed_s is None else max(signed_s, start_s or signed_s),
        expires_s=terms.end_s,
        ends_s=fold.ends_s,
        suspensions=tuple(fold.suspensions),
        suspended_for_s=done_s,
        checklist=terms.council.resume,
        ticked={party: tuple(sorted(items)) for party, items in sorted(fold.ticked.items())},
        clause=terms.council.term.clause,
    )


def is_replaced(now: AgreementStand, agreement: Agreement) -> bool:
    """Return whether a later version than that of a signed text is in force."""
    return now.signed_s is not None and now.version < agreement.version


def folded(matter: Matter) -> AgreementFold:
    """Return what became of all steps, in their order."""
    opening = matter.opening
    assert isinstance(opening, AgreementProposed), "an agreement opens with a text"
    fold = AgreementFold.of(opening.text, matter.opener, matter.parties)
    for step in matter.steps[1:]:
        fold.take(step)
    return fold


def text_of(matter: Matter) -> str:
    """Return the text on the table: canonical bytes."""
    return folded(matter).text


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse a text that is no text of this agreement between these parties."""
    if not isinstance(said, AgreementProposed | AgreementCountered):
        return
    before = () if matter is None else matter.steps
    texts = (one for one in before if isinstance(one.said, AgreementProposed | AgreementCountered))
    if sum(1 for one in texts if one.party == party) >= MOST_TEXTS:
        raise NotFittingError(
            f"this side has laid {MOST_TEXTS} texts on this table.", remedy="Propose it anew."
        )
    terms = terms_of(said.text)
    if terms is None:
        raise NotFittingError(
            "this is not the text of an agreement.", remedy="Give its canonical bytes."
        )
    if terms.id != agreement.id:
        raise NotFittingError(
            "the text is that of another agreement.",
            remedy=f"Keep the id {agreement.id!r}: both ledgers stand under it.",
        )
    parties = said.parties if matter is None else matter.parties  # type: ignore[union-attr]
    if set(terms.parties) != set(parties):
        raise NotFittingError("the text is not between the parties that are asked to sign it.")


def fits(matter: Matter, said: AgreementBody, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing now, and a signature that this program cannot keep."""
    after = folded(matter.with_step(Step(party=party, said=said, known_s=said.at_s)))
    idle = next((one for one in after.idle if (one.turn, one.party) == (said.turn, party)), None)
    if idle is not None:
        raise NotFittingError(f"that does not fit: {idle.why}.")
    if isinstance(said, AgreementSigned):
        refuse_unapplied(after.text)
        _refuse_older(after, agreement)


def refuse_unapplied(text: str) -> None:
    """Raise NotFittingError where this program cannot apply all of a text, naming each clause."""
    lacking = unapplied_text(text.encode())
    if lacking:
        raise NotFittingError(
            "this program cannot apply all of the text: "
            + "; ".join(one.text.rstrip(".") for one in lacking)
            + ".",
            remedy="Change the text, or update the program.",
        )


def _refuse_older(fold: AgreementFold, agreement: Agreement) -> None:
    if fold.terms.version > agreement.version or fold.digest == agreement_digest(agreement):
        return
    raise NotFittingError(
        f"version {fold.terms.version} does not come after version {agreement.version}, which is"
        " in force.",
        remedy="Counter with a higher version.",
    )


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: what cannot be applied, what is suspended, what ends.

    None of a text that a later version has replaced: neither its suspension nor its end counts.
    """
    now = stand(matter, seen.agreement)
    if is_replaced(now, seen.agreement):
        return Watch()
    name = f"agreement version {now.version}"
    clause = f" (clause {now.clause})" if now.clause else ""
    alerts: list[Alert] = []
    if now.state in ("proposed", "signing"):
        lacking = unapplied_text(text_of(matter).encode())
        if lacking:
            text = f"{name}: this program cannot apply {len(lacking)} of it: {lacking[0].text}"
            alert = Alert("agreement not applicable", text, dismissible=True, about=now.digest)
            alerts.append(alert)
    if now.suspenders:
        since_s = min(one.from_s for one in now.suspensions if one.until_s is None)
        text = (
            f"{name} is suspended by {' and '.join(now.suspenders)} since {at(since_s)}{clause};"
            " the hotline, cases of interference and alarms stay open."
        )
        alerts.append(Alert("agreement suspended", text))
    if now.ends_s is not None:
        is_over = seen.now_s >= now.ends_s
        text = (
            f"{name} ended at {at(now.ends_s)} by notice{clause}: nothing is switched off,"
            " conflicts are still found under it."
            if is_over
            else f"{name} ends at {at(now.ends_s)}: notice was given{clause}."
        )
        alerts.append(Alert("agreement ended" if is_over else "agreement ends", text))
    times = [t for t in (now.effective_s, now.ends_s) if t is not None and t > seen.now_s]
    return Watch(tuple(alerts), min(times, default=None))


KIND = Kind(
    name="agreement",
    prefix="V",
    opening=AgreementProposed,
    steps={
        "counter": AgreementCountered,
        "sign": AgreementSigned,
        "reject": AgreementRejected,
        "suspend": AgreementSuspended,
        "tick": AgreementTicked,
        "resume": AgreementResumed,
        "terminate": AgreementTerminated,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
