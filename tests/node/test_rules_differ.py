"""Two programs that judge one agreement by unlike rules are told so on both sides."""

import asyncio
from dataclasses import replace

from counted_chance import CountedChance
from two_nodes import an_agreement, two_nodes

from wideberth.model.command import Tick
from wideberth.model.protection import Criterion, CriterionKind, Protection
from wideberth.model.span import FrequencyBand
from wideberth.node.settings import Settings
from wideberth.node.work import Bench


def with_newer_data(party):
    """Return settings of a program that brings one more row of protection data."""
    row = Protection(
        "new",
        "",
        FrequencyBand(1e8, 2e8),
        1e4,
        Criterion(CriterionKind.I_N, -6.0),
        "s",
        verified=False,
    )
    plain = Settings.of(party, an_agreement())
    rules = an_agreement().spectrum
    newer = Settings.of(
        party,
        replace(an_agreement(), spectrum=replace(rules, protections=(*rules.protections, row))),
    )
    return replace(newer, agreement_digest=plain.agreement_digest)


def test_programs_that_judge_otherwise_are_an_alarm_on_both_sides_until_they_do_not():
    async def main():
        async with two_nodes() as pair:
            south = pair.south
            before = south.desk.bench
            settings = with_newer_data("south")
            south.desk.bench = Bench(settings, south.signer, CountedChance("south"))
            for newer in (True, False):
                for node in (pair.north, pair.south):
                    await node.do(Tick())
                await pair.settle()
                for node in (pair.north, pair.south):
                    alarms = await node.alarms()
                    assert ("rules differ" in alarms) is newer
                    assert "agreement differs" not in alarms
                south.desk.bench = before
                pair.clock.now += 3600.0

    asyncio.run(main())
