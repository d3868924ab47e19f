"""The review of a year (R29): known deeds give known figures, on both sides, or say why not."""

import asyncio
import csv
import io

import pytest
from behind import pass_time
from drill_scenes import answer_all
from interference_scenes import a_report, answered, closed, opened
from msgspec import structs
from two_nodes import T0, a_volume, an_activity, two_nodes
from year_scenes import AGREEMENT, figures, value

from wideberth.council import review
from wideberth.council.figures import Period, canonical, digest_of, read_figures
from wideberth.council.figures_chart import charts
from wideberth.council.figures_pages import figures_csv, figures_pages, figures_text
from wideberth.council.refusals import NotFittingError
from wideberth.model.activity import State
from wideberth.model.command import MarkRead, PassToUnits, Suspend, UnitAcknowledge
from wideberth.model.span import TimeWindow
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.peering.council.review import ReviewAnswered, ReviewOpened


def played(scene):
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            await pass_time(pair, 10.0, step_s=10.0)
            await scene(pair)

    asyncio.run(whole())


async def a_year(pair):
    """Have both sides do what a year holds, in three hours; begins at 08:00:10."""
    north, south = pair.north, pair.south
    await north.declare(an_activity(volumes=(a_volume(time=TimeWindow(T0 + 5400, T0 + 7200)),)))
    await north.declare(an_activity(name="A2", kind="exercise", volumes=(starting(300.0),)))
    await south.declare(an_activity("south", volumes=(starting(5400.0),)))
    pair.clock.now += 5.0  # the line is slow
    await pair.settle()
    late = next(n for n in await south.notices() if n.activity == "A2")
    for seconds, command in (
        (30.0, MarkRead(late.message, "duty officer")),
        (60.0, PassToUnits(late.message, ("battery", "frigate"), "duty officer")),
        (100.0, UnitAcknowledge(late.message, "battery", "duty officer")),
        (160.0, UnitAcknowledge(late.message, "frigate", "duty officer")),
    ):
        pair.clock.now = T0 + 10.0 + seconds
        await south.do(command)
    await north.change("A2", State.ACTIVATED)
    await opened(north, cease=True, report=a_report())
    await pair.settle()
    pair.clock.now += 40.0
    await answered(south)
    await closed(north)
    await south.do(Suspend("north", True, "admin", "an election"))
    await pair.settle()
    await pass_time(pair, 300.0, step_s=60.0)
    await south.do(Suspend("north", False, "admin", ""))
    await pair.settle()
    pair.clock.now = T0 + 1000.0
    await north.change("A2", State.ENDED)
    await south.change("A1", State.WITHDRAWN)
    await pass_time(pair, 900.0, step_s=90.0)  # 08:30 is called
    await answer_all(south)
    await pass_time(pair, 9000.0, step_s=200.0)


def starting(after_s):
    return a_volume(time=TimeWindow(T0 + after_s, T0 + after_s + 1800.0))


WANTED = (
    ("notices", "north: patrol", "given", 1),
    ("notices", "north: patrol", "late", 0),
    ("notices", "north: exercise", "given", 1),
    ("notices", "north: exercise", "late", 1),
    ("notices", "north: exercise", "too late to act", 1),
    ("notices", "north: exercise", "lead owed", 3600.0),
    ("notices", "north: exercise", "lead given: shortest", 285.0),
    ("notices", "south: patrol", "withdrawn", 1),
    ("receipt ladder", "north to south", "notices", 4),
    ("receipt ladder", "north to south", "delivered: count", 4),
    ("receipt ladder", "north to south", "read: worst", 25.0),
    ("receipt ladder", "north to south", "passed: worst", 55.0),
    ("receipt ladder", "north to south", "acknowledged: count", 1),
    ("receipt ladder", "north to south", "acknowledged: worst", 155.0),
    ("read-back and recall", "north to south", "read back", 2),
    ("read-back and recall", "north to south", "read-backs that differed", 0),
    ("planned against used", "north", "planned", 2),
    ("planned against used", "north", "begun", 1),
    ("planned against used", "north", "ended before the declared end", 1),
    ("planned against used", "north", "planned time", 3600.0),
    ("planned against used", "north", "used time", 1000.0 - 170.0),
    ("planned against used", "south", "planned", 0),
    ("conflicts", "north and south", "found", 1),
    ("conflicts", "north and south", "resolved", 1),
    ("interference", "north's cases", "opened", 1),
    ("interference", "north's cases", "south's time to answer: worst", 40.0),
    ("interference", "north's cases", "closed: ceased", 1),
    ("suspensions", "south", "suspended", 1),
    ("suspensions", "south", "total time", 300.0),
    ("drills", "north calls south: scheduled", "held", 2),
    ("drills", "north calls south: scheduled", "answered", 1),
    ("drills", "north calls south: scheduled", "missed by silence", 1),
    ("drills", "south calls north: scheduled", "answered", 0),
)


def test_known_deeds_give_known_figures_on_both_sides():
    async def scene(pair):
        await a_year(pair)
        found = await figures(pair.north)
        assert found == await figures(pair.south)
        got = [(*one[:3], value(found, *one[:3])) for one in WANTED]
        assert got == list(WANTED)
        await pages_hold(found)

    played(scene)


async def pages_hold(found):
    """Check that text, sheet, JSON and pages hold every figure."""
    table = list(csv.reader(io.StringIO(figures_csv(found))))
    assert len(table) == len(found.lines) + 1
    row = next(r for r in table if r[1:3] == ["north: exercise", "lead given: shortest"])
    assert row[3:] == ["285", "s"]
    text = figures_text(found)
    assert "lead given: shortest: 4.8 min" in text
    assert digest_of(canonical(found)) in text
    assert read_figures(canonical(found).decode()) == found
    pages = figures_pages(found, made_s=T0)
    assert sum(len(block.rows) for block in pages.blocks if hasattr(block, "rows")) == len(
        found.lines
    )
    drawn = list(charts(found))
    assert len(drawn) == 4
    assert all(one.svg.startswith("<svg ") for one in drawn)


async def opened_review(node, period, *, name=""):
    found = await figures(node, period)
    text = canonical(found)
    body = ReviewOpened(
        role="secretary",
        matter=name,
        from_s=period.from_s,
        to_s=period.to_s,
        figures=text.decode(),
        digest=digest_of(text),
    )
    return (await node.do(Say(body, "user"))).matter


async def given(node, one, period):
    text = canonical(await figures(node, period))
    body = ReviewAnswered(
        opener=one.opener,
        matter=one.id,
        role="secretary",
        figures=text.decode(),
        digest=digest_of(text),
    )
    await node.do(Say(body, "user"))


async def where(node, one):
    found = await node.desk.read(lambda r: matters.matter(r, "review", one.opener, one.id))
    return review.stand(found, AGREEMENT)


def test_equal_figures_are_agreed():
    async def scene(pair):
        await a_year(pair)
        period = Period(T0, pair.clock.now - 60.0)
        one = await opened_review(pair.north, period)
        await pair.settle()
        assert (await where(pair.south, one)).dues[0].party == "south"
        await given(pair.south, one, period)
        await pair.settle()
        for node in (pair.north, pair.south):
            found = await where(node, one)
            assert (found.state, found.is_open, found.differences) == ("agreed", False, ())
        with pytest.raises(NotFittingError, match="agreed"):
            await given(pair.south, one, period)

    played(scene)


def test_messages_that_one_side_counts_alone_are_named_and_mended_by_reckoning_anew():
    async def scene(pair):
        pair.network.line("north", "south").drop_answer = 1.0
        await pair.north.declare(an_activity())
        await pass_time(pair, 30.0, step_s=10.0)  # south has it, and north has no receipt
        period = Period(T0, pair.clock.now)
        one = await opened_review(pair.south, period)
        pair.network.line("north", "south").drop_answer = 0.0
        late = await figures(pair.north, period)
        await pair.settle()
        text = canonical(late)
        body = ReviewAnswered(
            opener="south",
            matter=one.id,
            role="secretary",
            figures=text.decode(),
            digest=digest_of(text),
        )
        await pair.north.do(Say(body, "user"))
        await pair.settle()
        for node in (pair.north, pair.south):
            found = await where(node, one)
            assert found.state == "differs"
            assert "figures differ" in await node.alarms()
            assert any("counted by south alone" in why for why in found.why)
            keys = {(d.section, d.about, d.name): d for d in found.differences}
            assert keys["notices", "north: patrol", "given"].values == (1.0, None)
            assert keys["notices", "north: patrol", "given"].lacking == "north"
        await given(pair.north, one, period)
        await given(pair.south, one, period)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert (await where(node, one)).state == "agreed"
            assert "figures differ" not in await node.alarms()

    played(scene)


def test_figures_that_are_none_are_refused():
    async def scene(pair):
        period = Period(T0, T0 + 5.0)
        found = await figures(pair.north, period)
        body = ReviewOpened(
            role="secretary",
            from_s=period.from_s,
            to_s=period.to_s,
            figures=canonical(found).decode(),
            digest=digest_of(canonical(found)),
        )
        other = canonical(structs.replace(found, to_s=T0 + 6.0)).decode()
        loose = body.figures.replace(":", ": ", 1)
        for change, words in (
            ({"digest": "0" * 64}, "digest"),
            ({"figures": other, "digest": digest_of(other.encode())}, "of another time"),
            ({"figures": loose, "digest": digest_of(loose.encode())}, "the form"),
            ({"figures": "{}", "digest": digest_of(b"{}")}, "the form"),
            ({"to_s": T0 + 9e9}, "is over"),
            ({"from_s": T0 + 5.0}, "is over"),
        ):
            with pytest.raises(NotFittingError, match=words):
                await pair.north.do(Say(structs.replace(body, **change), "user"))
        assert await pair.north.desk.read(matters.matters) == ([], "")

    played(scene)


def test_other_rules_of_the_agreement_are_named_as_the_cause():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        pair.clock.now += 10.0
        ours = await figures(pair.north)
        theirs = structs.replace(ours, agreement_digest="0" * 64, version=ours.version + 1)
        assert "do not say the same" in review.unlike(("north", "south"), ours, theirs)[0]

    played(scene)
