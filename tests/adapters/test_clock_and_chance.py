"""The real clock runs, the real chance does not repeat, and an alert reaches the log."""

import asyncio

import structlog
from structlog.testing import capture_logs

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.adapters.notify_log import NotifyLog


def test_the_clock_goes_on_while_it_sleeps():
    clock = SystemClock()
    before = clock.now_s()
    asyncio.run(clock.sleep(0.01))
    assert clock.now_s() > before > 1.7e9


def test_no_time_or_less_is_slept_at_once():
    asyncio.run(SystemClock().sleep(-1e9))


def test_tokens_have_their_size_and_do_not_repeat():
    chance = SystemChance()
    assert [len(chance.token(size)) for size in (0, 1, 32)] == [0, 1, 32]
    assert len({chance.token(32) for _ in range(100)}) == 100


def test_an_alert_is_a_warning_with_its_role():
    structlog.reset_defaults()
    with capture_logs() as logs:
        asyncio.run(NotifyLog().alert("watch", "no answer from south"))
    assert logs == [
        {"event": "alert", "role": "watch", "text": "no answer from south", "log_level": "warning"}
    ]
