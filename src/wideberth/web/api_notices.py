"""Notices with their receipts, conflicts and alarms: what the watch looks at and answers."""

import re
from typing import Any, Final

import msgspec

from wideberth.arenas import all_rules
from wideberth.model.agreement import Agreement
from wideberth.model.command import (
    AnswerReadBack,
    ClearAlarm,
    MarkRead,
    PassToUnits,
    RecallNotice,
    UnitAcknowledge,
)
from wideberth.model.notice import Rung
from wideberth.model.volume import Arena
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Alarm, Met, Notice, Way
from wideberth.node.refusals import NotFoundError
from wideberth.web.api_forms import (
    AcknowledgeForm,
    PagedAlarms,
    PagedConflicts,
    PagedNotices,
    ReadBackForm,
    ReasonForm,
    UnitsForm,
)
from wideberth.web.api_route import Asked, v1_command, v1_read
from wideberth.web.api_shown import is_private_alarm
from wideberth.web.api_views import AlarmPage, ConflictPage, NoticePage, Receipts, Step

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_KEY: Final = re.compile(r"[A-Za-z0-9%_.~:/-]{1,1000}")


async def notices(asked: Asked) -> NoticePage:
    """Return notices in the order of the ledger."""
    query = asked.query
    is_on_its_way = query.overdue is True or query.effective is False

    def work(reader: Reader) -> tuple[list[Notice], str]:
        if is_on_its_way:
            late = [one for one in queries.waiting_notices(reader) if _is_wanted(one, query)]
            rest = [one for one in late if tables.key(one.index) > query.after]
            found = rest[: query.limit]
            return found, tables.key(found[-1].index) if len(rest) > query.limit else ""
        found = queries.notices(reader, after=query.after, limit=query.limit)
        after = tables.key(found[-1].index) if len(found) == query.limit else ""
        return [one for one in found if _is_wanted(one, query)], after

    items, after = await asked.desk.read(work)
    return NoticePage(items=tuple(items), next=after)


def _is_wanted(one: Notice, query: PagedNotices) -> bool:
    is_effective = one.effective_s is not None
    return query.overdue in (None, bool(one.overdue)) and query.effective in (None, is_effective)


async def notice(asked: Asked) -> Notice:
    """Return a notice; raises NotFoundError."""
    name = asked.path("notice")
    found = None
    if _HASH.fullmatch(name):
        found = await asked.desk.read(lambda reader: queries.notice(reader, name))
    if found is None:
        raise NotFoundError("there is no such notice.", remedy="Give its message's hash.")
    return found


async def receipts(asked: Asked) -> Receipts:
    """Return how far a notice has climbed."""
    return receipts_of(await notice(asked))


def receipts_of(one: Notice) -> Receipts:
    """Return the ladder of a notice: who reached which rung when, by whose clock."""
    is_ours = one.way is Way.OUT
    sender, receiver = ("ours", "theirs") if is_ours else ("theirs", "ours")
    steps: list[dict[str, Any]] = [{"rung": Rung.SENT, "at_s": one.sent_s, "clock": sender}]
    if one.delivered_s is not None:
        steps.append({"rung": Rung.DELIVERED, "at_s": one.delivered_s, "clock": receiver})
    if one.receipted_s is not None:
        steps.append({"rung": Rung.DELIVERED, "at_s": one.receipted_s, "clock": sender})
    if one.read_s is not None:
        step = {"rung": Rung.READ, "at_s": one.read_s, "clock": receiver, "by": one.read_by}
        steps.append(step)
    for unit in one.units:
        for rung, at_s in (
            (Rung.PASSED, unit.passed_s),
            (Rung.ACKNOWLEDGED, unit.acknowledged_s),
        ):
            if at_s is not None:
                steps.append({"rung": rung, "at_s": at_s, "clock": receiver, "unit": unit.unit})
    return Receipts(
        message=one.message,
        rung=one.rung,
        steps=tuple(msgspec.convert(step, Step) for step in steps),
        skew_s=one.skew_s,
        effective_s=one.effective_s,
        overdue=one.overdue,
    )


async def read(asked: Asked) -> Answer:
    """Mark a notice as read."""
    name = (await notice(asked)).message
    return await asked.desk.do(MarkRead(notice=name, by=asked.identity.by))


async def pass_to_units(asked: Asked) -> Answer:
    """Pass a notice to units."""
    name = (await notice(asked)).message
    units = asked.body.units
    return await asked.desk.do(PassToUnits(notice=name, units=units, by=asked.identity.by))


async def acknowledge(asked: Asked) -> Answer:
    """Acknowledge for a unit that answered by voice or on paper."""
    name, form = (await notice(asked)).message, asked.body
    by = asked.identity.by
    command = UnitAcknowledge(notice=name, unit=form.unit, by=by, code=form.code)
    return await asked.desk.do(command)


async def answer_read_back(asked: Asked) -> Answer:
    """Say whether the places the peer repeated are those meant."""
    name, form = (await notice(asked)).message, asked.body
    by = asked.identity.by
    command = AnswerReadBack(notice=name, agreed=form.agreed, by=by, reason=form.reason)
    return await asked.desk.do(command)


async def recall(asked: Asked) -> Answer:
    """Ask the peer to delete a notice that was not for it."""
    name = (await notice(asked)).message
    by = asked.identity.by
    return await asked.desk.do(RecallNotice(notice=name, by=by, reason=asked.body.reason))


async def conflicts(asked: Asked) -> ConflictPage:
    """Return conflicts; those with private activities only to who may see these.

    Those that last come by party and activity; with those that are over, by id.
    """
    query = asked.query

    def work(reader: Reader) -> tuple[list[Met], str]:
        if query.lasting:
            return queries.lasting_conflicts(
                reader, party=query.party, after=query.after, limit=query.limit
            )
        found = queries.conflicts(reader, after=query.after, limit=query.limit)
        after = found[-1].id if len(found) == query.limit else ""
        return [one for one in found if query.party in ("", one.a.party, one.b.party)], after

    found, after = await asked.desk.read(work)
    if query.arena is not None:
        rules = _rules_about(query.arena, asked.desk.agreement)
        found = [one for one in found if one.rule in rules]
    shown = tuple(one for one in found if asked.sees_private or not one.private)
    return ConflictPage(items=shown, next=after)


def _rules_about(arena: Arena, agreement: Agreement) -> frozenset[str]:
    return frozenset(rule.name for rule in all_rules(agreement) if arena in rule.arenas)


async def conflict(asked: Asked) -> Met:
    """Return a conflict."""
    name = asked.path("conflict")

    def work(reader: Reader) -> Met | None:
        return queries.conflict(reader, name) if _KEY.fullmatch(name) else None

    found = await asked.desk.read(work)
    if found is None or (found.private and not asked.sees_private):
        raise NotFoundError("there is no such conflict.")
    return found


async def alarms(asked: Asked) -> AlarmPage:
    """Return alarms, newest first."""
    query = asked.query

    def work(reader: Reader) -> list[Alarm]:
        found = queries.alarms(reader, lasting=query.lasting, limit=query.limit)
        return [one for one in found if asked.sees_private or not is_private_alarm(reader, one)]

    return AlarmPage(items=tuple(await asked.desk.read(work)))


async def clear(asked: Asked) -> Answer:
    """Say that an alarm was seen and dealt with."""
    name = asked.path("alarm")
    if not _KEY.fullmatch(name):
        raise NotFoundError("there is no such alarm.")
    by = asked.identity.by
    return await asked.desk.do(ClearAlarm(alarm=name, by=by, how=asked.body.reason))


_NOTICE: Final = "/notices/{notice}"
_ACK: Final = Permission.ACKNOWLEDGE
ROUTES: Final = (
    v1_read("/notices", "Notices of both ways", notices, NoticePage, query=PagedNotices),
    v1_read(_NOTICE, "A notice", notice, Notice, says=(404,)),
    v1_read(
        f"{_NOTICE}/receipts", "The receipt ladder, by both clocks", receipts, Receipts, says=(404,)
    ),
    v1_command(f"{_NOTICE}/read", _ACK, "The watch has read a notice", read, None),
    v1_command(f"{_NOTICE}/pass", _ACK, "A notice was passed to units", pass_to_units, UnitsForm),
    v1_command(f"{_NOTICE}/acknowledge", _ACK, "A unit acknowledged", acknowledge, AcknowledgeForm),
    v1_command(
        f"{_NOTICE}/read-back",
        Permission.CHANGE,
        "Whether the places repeated are those meant",
        answer_read_back,
        ReadBackForm,
    ),
    v1_command(
        f"{_NOTICE}/recall",
        Permission.RECALL,
        "Ask the peer to delete a notice that was not for it",
        recall,
        ReasonForm,
    ),
    v1_read(
        "/conflicts",
        "Conflicts that last; with lasting=false those that are over too",
        conflicts,
        ConflictPage,
        query=PagedConflicts,
    ),
    v1_read("/conflicts/{conflict}", "A conflict", conflict, Met, says=(404,)),
    v1_read("/alarms", "Alarms, newest first", alarms, AlarmPage, query=PagedAlarms),
    v1_command(
        "/alarms/{alarm}/clear",
        Permission.CLEAR,
        "An alarm was seen and dealt with",
        clear,
        ReasonForm,
    ),
)
