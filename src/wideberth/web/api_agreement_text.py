"""What an agreement on the table would change, and what this program could not apply of it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from wideberth.assessing.applying import unapplied_text
from wideberth.council.agreement import text_of
from wideberth.formats import agreement_json
from wideberth.formats.agreement_diff import Change, differences
from wideberth.node.council import matters
from wideberth.node.refusals import NotFoundError
from wideberth.node.settings import Settings
from wideberth.node.working_agreement import working
from wideberth.web.api_route import Asked, Route, v1_read

_KIND: Final = "agreement"
_LONGEST_NAME: Final = 200


class ChangeView(Struct, frozen=True, kw_only=True):
    """One figure or text that changes: the clause that its table cites, the table, in words.

    kind: "new" or "gone" with its whole table, else "changed".
    """

    clause: str
    table: str
    kind: str
    words: str


class TextView(Struct, frozen=True, kw_only=True):
    """The text on the table beside the agreement in force.

    changes: from that in force to it, none if nobody here can read it. not_applicable: what this
    program cannot apply, clause by clause; it does not sign then.
    """

    digest: str
    digest_in_force: str
    changes: tuple[ChangeView, ...]
    not_applicable: tuple[str, ...]


class InForce(Struct, frozen=True, kw_only=True):
    """The agreement in force: digests of what is signed and of the rules that are made of it.

    matter: in which it was signed; empty: it is from the node's file, and nobody has signed it.
    text: its canonical bytes.
    """

    id: str
    version: int
    digest: str
    rules_digest: str
    matter: str
    since_s: float | None
    text: str


async def changes(asked: Asked) -> TextView:
    """Return what a text would change; raises NotFoundError."""
    opener, name = asked.path("party"), asked.path("matter")
    found = None
    if max(len(opener), len(name)) <= _LONGEST_NAME:
        found = await asked.desk.read(lambda reader: matters.matter(reader, _KIND, opener, name))
    if found is None:
        raise NotFoundError("there is no such agreement.")
    data, now = text_of(found).encode(), asked.desk.agreement
    agreement = agreement_json.read(data).agreement
    told = () if agreement is None else differences(now, agreement)
    return TextView(
        digest=agreement_json.digest(data),
        digest_in_force=agreement_json.agreement_digest(now),
        changes=change_views(told),
        not_applicable=tuple(one.text for one in unapplied_text(data)),
    )


def change_views(told: Sequence[Change]) -> tuple[ChangeView, ...]:
    """Return differences as they are shown."""
    return tuple(
        ChangeView(
            clause=one.clause,
            table=one.table,
            kind="new" if one.is_new else "gone" if one.is_gone else "changed",
            words=one.words,
        )
        for one in told
    )


async def in_force(asked: Asked) -> InForce:
    """Return which agreement this node works under."""
    settings = Settings.of(asked.desk.party, asked.desk.agreement)
    found = await asked.desk.read(working)
    is_signed = found is not None and found.digest == settings.agreement_digest
    return InForce(
        id=settings.agreement.id,
        version=settings.agreement.version,
        digest=settings.agreement_digest,
        rules_digest=settings.rules_digest,
        matter=found.matter if found is not None and is_signed else "",
        since_s=found.since_s if found is not None and is_signed else None,
        text=agreement_json.canonical(settings.agreement).decode(),
    )


ROUTES: Final[tuple[Route, ...]] = (
    v1_read(
        "/agreement/in-force", "The agreement in force, its digests and bytes", in_force, InForce
    ),
    v1_read(
        "/council/agreement/{party}/{matter}/changes",
        "What a text on the table would change",
        changes,
        TextView,
        says=(404,),
    ),
)
