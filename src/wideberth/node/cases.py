"""Cases of interference in the store: found, kept, and what receipts say of our own steps."""

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import structs

from wideberth.model.interference import CaseState
from wideberth.node import tables
from wideberth.node.case_records import (
    CaseMark,
    CaseStep,
    InterferenceCase,
    SaidStep,
    StepKind,
)
from wideberth.node.outgoing import Sent
from wideberth.node.ports import Reader
from wideberth.node.queries import LARGEST_PAGE
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.work import Work
from wideberth.peering.payloads import Receipt

MOST_REMARKS: Final = 50  # observations of one side in one case
MOST_MOVES: Final = 25  # requests, or answers, of one side in one case


def case(reader: Reader, opener: str, case_id: str) -> InterferenceCase | None:
    """Return a case."""
    record = reader.get(tables.CASE, tables.key(opener, case_id))
    return None if record is None else msgspec.json.decode(record, type=InterferenceCase)


def cases(
    reader: Reader, *, is_open: bool = True, after: str = "", limit: int = LARGEST_PAGE
) -> tuple[list[InterferenceCase], str]:
    """Return cases by opener and id, and the key from which the next page goes on ("": the end)."""
    table = tables.CASE_OPEN if is_open else tables.CASE
    first = f"{after}\0" if after else ""
    most = min(limit, LARGEST_PAGE)
    keys = [key for key, _record in reader.scan(table, first=first, limit=most)]
    records = [reader.get(tables.CASE, key) for key in keys]
    found = [msgspec.json.decode(one, type=InterferenceCase) for one in records if one is not None]
    return found, keys[-1] if len(keys) == most else ""


def marks(reader: Reader, *, limit: int) -> list[CaseMark]:
    """Return where the cases stand that are not closed, without reading what was said of them."""
    rows = reader.scan(tables.CASE_OPEN, limit=limit)
    return [msgspec.json.decode(record, type=CaseMark) for _key, record in rows]


def existing(work: Work, opener: str, case_id: str) -> InterferenceCase:
    """Return a case; raises NotFoundError."""
    found = case(work.draft, opener, case_id)
    if found is None:
        raise NotFoundError(
            "there is no such case of interference.",
            remedy="List them: `wideberth interference list`.",
        )
    return found


def subject(one: InterferenceCase) -> str:
    """Return what alarms about a case are about; it is no activity's key."""
    return tables.key("interference", one.opener, one.id)


def keep(work: Work, one: InterferenceCase) -> InterferenceCase:
    """Write a case, and return it."""
    name = tables.key(one.opener, one.id)
    work.save(tables.CASE, name, one)
    if one.state is CaseState.CLOSED:
        work.draft.delete(tables.CASE_OPEN, name)
    else:
        mark = CaseMark(one.state, one.overdue)
        work.draft.put(tables.CASE_OPEN, name, msgspec.json.encode(mark))
    return one


def with_step(one: InterferenceCase, step: CaseStep) -> InterferenceCase:
    """Return a case with one more step; raises NotAllowedError where one side said far too much.

    Each side has room of its own, so that neither can keep the other from speaking.
    """
    alike = sum(1 for s in one.steps if (s.party, s.kind) == (step.party, step.kind))
    most = MOST_REMARKS if step.kind is StepKind.OBSERVED else MOST_MOVES
    if alike >= most:
        raise NotAllowedError(
            f"more than {most} steps of one kind by one side.", remedy="Open a new case."
        )
    numbered = structs.replace(step, number=len(one.steps) + 1)
    return structs.replace(one, steps=(*one.steps, numbered))


def note_said(work: Work, one: InterferenceCase) -> None:
    """Note which message of ours told the last step of a case, for when its receipt comes."""
    step = one.steps[-1]
    said = SaidStep(one.opener, one.id, step.number)
    work.draft.put(tables.CASE_SAID, step.message, msgspec.json.encode(said))


def receipted(work: Work, receipt: Receipt) -> InterferenceCase | None:
    """Note in a case that the peer's node has a step of it, or did not accept it; return it."""
    problems = () if receipt.accepted else receipt.problems

    def noted(step: CaseStep) -> CaseStep:
        return structs.replace(step, delivered_s=work.now_s, problems=problems)

    found = _change_step(work, receipt.message, noted)
    work.draft.delete(tables.CASE_SAID, receipt.message)
    return found


def sent_anew(work: Work, before: str, sent: Sent) -> None:
    """Note that a step of a case is told by another message now."""

    def renamed(step: CaseStep) -> CaseStep:
        return structs.replace(step, message=sent.digest, index=sent.index)

    record = work.draft.get(tables.CASE_SAID, before)
    if record is not None:
        _change_step(work, before, renamed)
        work.draft.delete(tables.CASE_SAID, before)
        work.draft.put(tables.CASE_SAID, sent.digest, record)


def _change_step(
    work: Work, message: str, change: Callable[[CaseStep], CaseStep]
) -> InterferenceCase | None:
    record = work.draft.get(tables.CASE_SAID, message)
    if record is None:
        return None
    said = msgspec.json.decode(record, type=SaidStep)
    found = case(work.draft, said.opener, said.id)
    if found is None:
        return None  # lost from the store: it must not keep the line from going on
    steps = tuple(change(s) if s.number == said.number else s for s in found.steps)
    return keep(work, structs.replace(found, steps=steps))
