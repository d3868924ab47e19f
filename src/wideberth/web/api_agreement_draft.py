"""Agreement files over the API: one to start from, and what one that was written would change.

Nothing is said by any of it: the canonical text is put on the table by the route of its step.
"""

import asyncio
from dataclasses import replace
from typing import Final

from msgspec import Struct
from starlette.responses import Response

from wideberth.assessing.applying import unapplied_text
from wideberth.formats import agreement_json, agreement_toml
from wideberth.formats.agreement_diff import differences
from wideberth.formats.agreement_writer import write
from wideberth.formats.reading import Problem, ReadOptions
from wideberth.model.agreement import Agreement
from wideberth.node.people import Permission
from wideberth.web.api_agreement_text import ChangeView, change_views
from wideberth.web.api_meeting import Remark
from wideberth.web.api_route import Asked, Route, v1, v1_read

TOML: Final = "application/toml"


class DraftView(Struct, frozen=True, kw_only=True):
    """A file that was read. text: its canonical bytes; empty: it is no agreement, remarks say why.

    changes: from the agreement in force to it. not_applicable: what this program cannot apply.
    """

    text: str
    digest: str
    id: str
    version: int
    title: str
    digest_in_force: str
    changes: tuple[ChangeView, ...]
    not_applicable: tuple[str, ...]
    remarks: tuple[Remark, ...]


async def draft(asked: Asked) -> Response:
    """Return the agreement in force as a file, as its next version."""
    now = asked.desk.agreement
    text = await asyncio.to_thread(
        lambda: write(replace(now, version=now.version + 1, builtin=False))
    )
    return Response(text.encode(), media_type=f"{TOML}; charset=utf-8")


async def read_draft(asked: Asked) -> DraftView:
    """Return what a file says, and what it would change."""
    return await asyncio.to_thread(draft_view, asked.body, asked.desk.agreement)


def draft_view(data: bytes, now: Agreement) -> DraftView:
    """Return what a file says beside the agreement in force."""
    reading = agreement_toml.read(data, "file", ReadOptions())
    remarks = tuple(_remark(one) for one in reading.problems)
    found = None if reading.is_refused else reading.agreement
    text = b"" if found is None else agreement_json.canonical(found)
    return DraftView(
        text=text.decode(),
        digest="" if found is None else agreement_json.digest(text),
        id="" if found is None else found.id,
        version=0 if found is None else found.version,
        title="" if found is None else found.title,
        digest_in_force=agreement_json.agreement_digest(now),
        changes=() if found is None else change_views(differences(now, found)),
        not_applicable=() if found is None else tuple(one.text for one in unapplied_text(text)),
        remarks=remarks,
    )


def _remark(one: Problem) -> Remark:
    return Remark(
        severity=one.severity, where=one.where, what=one.what, remedy=one.remedy, text=one.text
    )


ROUTES: Final[tuple[Route, ...]] = (
    v1_read("/agreement/draft", "The agreement in force as a file, to be edited", draft, TOML),
    v1(
        "POST",
        "/agreement/draft",
        Permission.COUNCIL,
        "Read an agreement file; nothing is said",
        handle=read_draft,
        media=(TOML,),
        gives=DraftView,
    ),
)
