"""The simulated lines misbehave as they are told, the same way for the same seed."""

import asyncio

import pytest
from simulated_link import Network, all_lines

from wideberth.node.ports import LinkError


class Inbox:
    def __init__(self):
        self.taken = []

    async def receive(self, lines):
        self.taken.append(tuple(lines))
        return [b"took " + line for line in lines]


def runs(count=1, seed=1, lines=(b"one", b"two"), **spoiled):
    """Exchange so often over a spoiled line; give what was answered, what arrived, the network."""
    inbox, slept = Inbox(), []

    async def sleep(seconds):
        slept.append(seconds)

    async def body():
        network = Network(seed=seed, sleep=sleep)
        network.join("south", inbox.receive)
        for name, value in spoiled.items():
            setattr(network.line("north", "south"), name, value)
        answers = []
        for _ in range(count):
            try:
                answers.append(list(await network.link("north").exchange("south", lines)))
            except LinkError as error:
                answers.append(error.reason)
        before = len(inbox.taken)
        network.heal()
        await network.settle()
        return answers, inbox.taken[:before], inbox.taken[before:], slept

    return asyncio.run(body())


SENT, TOOK = (b"one", b"two"), [b"took one", b"took two"]


@pytest.mark.parametrize(
    ("spoiled", "answer", "arrived", "later"),
    [
        ({}, TOOK, [SENT], []),
        ({"cut": True}, "unreachable", [], []),
        ({"drop_request": 1.0}, "time-out", [], []),
        ({"drop_answer": 1.0}, "time-out", [SENT], []),
        ({"late": 1.0}, "time-out", [], [SENT]),
    ],
)
def test_a_line_does_what_it_was_told(spoiled, answer, arrived, later):
    assert runs(**spoiled)[:3] == ([answer], arrived, later)


def test_a_duplicate_arrives_once_more_sooner_or_later():
    answers, arrived, later, _ = runs(20, duplicate=1.0)
    assert answers == [TOOK] * 20
    assert len(arrived) + len(later) == 40
    assert len(arrived) > 20


def test_a_late_request_is_overtaken():
    answers, arrived, later, _ = runs(40, late=0.5)
    assert "time-out" in answers
    assert len(arrived) + len(later) == 40
    assert len(arrived) > answers.count(TOOK)


@pytest.mark.parametrize("where", ["corrupt_request", "corrupt_answer"])
def test_a_corruption_is_one_bit(where):
    answers, arrived, _, _ = runs(**{where: 1.0})
    before = b"".join(SENT if where == "corrupt_request" else TOOK)
    after = b"".join(arrived[0] if where == "corrupt_request" else answers[0])
    changed = int.from_bytes(before) ^ int.from_bytes(after)
    assert changed.bit_count() == 1


def test_shuffled_envelopes_are_the_same_envelopes():
    _, arrived, _, _ = runs(20, shuffle=1.0)
    assert set(arrived) == {SENT, SENT[::-1]}


def test_short_answers_are_the_first_ones():
    answers, _, _, _ = runs(20, short=1.0)
    assert {len(answer) for answer in answers} == {0, 1, 2}
    assert all(answer == TOOK[: len(answer)] for answer in answers)


def test_each_way_takes_its_time():
    slept = runs(delay_s=(1.0, 2.0))[3]
    assert len(slept) == 2
    assert all(1.0 <= seconds <= 2.0 for seconds in slept)


CHANCES = {"drop_request": 0.3, "drop_answer": 0.3, "duplicate": 0.3, "late": 0.3, "shuffle": 0.5}


def test_the_same_seed_gives_the_same_run_and_another_one_another():
    assert runs(30, seed=5, **CHANCES) == runs(30, seed=5, **CHANCES)
    assert runs(30, seed=5, **CHANCES) != runs(30, seed=6, **CHANCES)


def test_a_partition_cuts_both_ways_until_it_heals():
    network = Network()
    network.partition(["north"], ["south", "east"])
    cut = {pair for pair, line in network._lines.items() if line.cut}
    assert cut == {("north", "south"), ("south", "north"), ("north", "east"), ("east", "north")}
    network.heal()
    assert not any(line.cut for line in all_lines(network, ["north", "south", "east"]))


def test_a_node_that_raises_is_remembered_as_a_failure():
    async def receive(lines):
        raise RuntimeError("a bug")

    network = Network()
    network.join("south", receive)
    with pytest.raises(LinkError, match="HTTP 500"):
        asyncio.run(network.link("north").exchange("south", [b"one"]))
    assert [failure.party for failure in network.failures] == ["south"]


def test_a_node_that_goes_down_while_it_works_does_not_answer():
    network = Network()

    async def receive(lines):
        network.leave("south")
        return lines

    network.join("south", receive)
    with pytest.raises(LinkError, match="unreachable"):
        asyncio.run(network.link("north").exchange("south", [b"one"]))
