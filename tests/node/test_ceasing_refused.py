"""What is no step of a case of interference is refused, and leaves nothing."""

import pytest
from interference_scenes import (
    a_report,
    answered,
    asked,
    cases_of,
    closed,
    observed,
    opened,
    played,
)
from two_nodes import T0, an_activity

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.model.activity import Disclosure
from wideberth.model.interference import (
    LONGEST_PROMISE_S,
    CaseState,
    CeaseAnswer,
    Source,
)
from wideberth.node.cases import MOST_MOVES, MOST_REMARKS
from wideberth.node.refusals import NotAllowedError, NotFoundError


@pytest.mark.parametrize(
    "move",
    [
        lambda pair: asked(pair.south),
        lambda pair: asked(pair.north, "NO-SUCH"),
        lambda pair: closed(pair.south),
        lambda pair: answered(pair.north),
        lambda pair: answered(pair.south, case="NO-SUCH"),
        lambda pair: observed(pair.south, ""),
        lambda pair: observed(pair.south, "x" * 2001),
        lambda pair: asked(pair.north, role=""),
        lambda pair: asked(pair.north, words="x" * 2001),
        lambda pair: opened(pair.north),
        lambda pair: opened(pair.north, case=" "),
        lambda pair: opened(pair.north, case="x" * 201),
        lambda pair: opened(pair.north, case="B", peer="west"),
        lambda pair: opened(pair.north, case="B", report=a_report(system="x" * 201)),
        lambda pair: answered(pair.south, CeaseAnswer.CANNOT),
        lambda pair: answered(pair.south, CeaseAnswer.CEASING, when_s=T0),
        lambda pair: answered(pair.south, CeaseAnswer.CEASING, when_s=T0 + LONGEST_PROMISE_S + 1),
        lambda pair: answered(pair.south, CeaseAnswer.CEASED, when_s=T0 + 1.0),
        lambda pair: answered(pair.south, CeaseAnswer.NOT_OURS, when_s=T0),
    ],
)
def test_what_is_refused_leaves_nothing(move):
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        before = [await cases_of(node) for node in (pair.north, pair.south)]
        size = [(await node.peer(o)).out_sequence for node, o in both(pair)]
        with pytest.raises(WideberthError):
            await move(pair)
        assert [await cases_of(node) for node in (pair.north, pair.south)] == before
        assert [(await node.peer(o)).out_sequence for node, o in both(pair)] == size

    played(scene)


def both(pair):
    return (pair.north, "south"), (pair.south, "north")


def test_nobody_answers_what_nobody_asked():
    async def scene(pair):
        await opened(pair.north)
        await pair.settle()
        with pytest.raises(NotAllowedError):
            await answered(pair.south)
        await closed(pair.north)
        await pair.settle()
        for move in (answered(pair.south), asked(pair.north), closed(pair.north)):
            with pytest.raises(NotAllowedError):
                await move

    played(scene)


def test_cases_without_a_name_are_numbered_and_take_no_name_that_is_there():
    async def scene(pair):
        await opened(pair.north, case="I-2")
        names = [(await opened(pair.north, case="")).id for _ in range(3)]
        assert names == ["I-1", "I-3", "I-4"]
        assert (await opened(pair.south, case="")).id == "I-1"
        await pair.settle()
        assert len(await cases_of(pair.north)) == len(await cases_of(pair.south)) == 5

    played(scene)


def test_a_private_activity_and_a_conflict_with_it_cannot_be_named_nor_told_from_none():
    async def scene(pair):
        await pair.south.declare(an_activity("south", "B1"))
        await pair.settle()
        await pair.north.declare(an_activity(name="HUSH", disclose=Disclosure.PRIVATE))
        (met,) = await pair.north.conflicts()
        assert met.private
        told = []
        for source in (Source("north", "HUSH"), Source("north", "NONE"), Source("west", "W1")):
            with pytest.raises(ImpossibleValueError) as refusal:
                await opened(pair.north, report=a_report(source=source))
            told.append(str(refusal.value))
        assert len(set(told)) == 1
        told = []
        for conflict in (met.id, "none"):
            with pytest.raises(ImpossibleValueError) as refusal:
                await opened(pair.north, report=a_report(conflict=conflict))
            told.append(str(refusal.value))
        assert len(set(told)) == 1
        await pair.settle()
        assert await cases_of(pair.south) == []

    played(scene)


def test_a_suspected_activity_and_a_conflict_that_both_know_are_named():
    async def scene(pair):
        await pair.south.declare(an_activity("south", "B1"))
        await pair.north.declare(an_activity(name="A1"))
        await pair.settle()
        (met,) = await pair.north.conflicts()
        report = a_report(source=Source("south", "B1", "their radar"), conflict=met.id)
        await opened(pair.north, report=report)
        await pair.settle()
        (theirs,) = await cases_of(pair.south)
        assert (theirs.report.source.activity, theirs.report.conflict) == ("B1", met.id)
        assert (await pair.south.conflicts())[0].id == met.id

    played(scene)


def test_one_side_cannot_fill_a_case_so_that_the_other_cannot_speak():
    async def scene(pair):
        await opened(pair.north, cease=True)
        for _ in range(MOST_REMARKS):
            await observed(pair.north)
        for _ in range(MOST_MOVES - 1):
            await asked(pair.north)
        for move in (observed(pair.north), asked(pair.north)):
            with pytest.raises(NotAllowedError):
                await move
        await pair.settle(rounds=400)
        await observed(pair.south)
        await answered(pair.south)
        await closed(pair.north)
        await pair.settle()
        assert (await cases_of(pair.south))[0].state is CaseState.CLOSED

    played(scene)


def test_a_third_party_has_no_part_in_a_case():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        with pytest.raises(NotFoundError):
            await answered(pair.south, opener="west")

    played(scene)
