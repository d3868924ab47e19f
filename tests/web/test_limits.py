from hypothesis import given
from hypothesis import strategies as st

from wideberth.web.limits import BackOff, Buckets, Rate

STEPS = st.lists(st.floats(0.0, 3.0), min_size=1, max_size=60)


@given(STEPS, st.integers(1, 5), st.sampled_from([0.5, 1.0, 4.0]))
def test_nobody_gets_more_than_the_burst_and_the_rate(steps_s, burst, per_s):
    buckets = Buckets(Rate(burst, per_s))
    now_s, passed = 0.0, 0
    for step_s in steps_s:
        now_s += step_s
        passed += buckets.wait_s("a", now_s) == 0.0
    assert passed <= burst + now_s * per_s + 1e-6


@given(STEPS)
def test_who_waits_as_long_as_was_said_gets_in(steps_s):
    buckets, now_s = Buckets(Rate(2.0, 0.5)), 0.0
    for step_s in steps_s:
        now_s += step_s
        wait_s = buckets.wait_s("a", now_s)
        if wait_s:
            now_s += wait_s + 1e-6
            assert buckets.wait_s("a", now_s) == 0.0


def test_one_asker_does_not_use_up_anothers_bucket():
    buckets = Buckets(Rate(1.0, 1.0))
    assert [buckets.wait_s(key, 0.0) for key in ("a", "b")] == [0.0, 0.0]
    assert buckets.wait_s("a", 0.0) == 1.0


def test_a_clock_that_steps_back_gives_nothing_away():
    buckets = Buckets(Rate(1.0, 1.0))
    buckets.wait_s("a", 100.0)
    assert buckets.wait_s("a", 50.0) == 1.0


def test_very_many_askers_do_not_fill_the_memory():
    buckets = Buckets(Rate(1.0, 1.0))
    for number in range(20_000):
        buckets.wait_s(str(number), 0.0)
    assert len(buckets._buckets._states) == 10_000


def test_waits_double_up_to_a_quarter_of_an_hour():
    back_off = BackOff()
    waits_s = []
    for _number in range(18):
        back_off.wrong("a", 0.0)
        waits_s.append(back_off.wait_s("a", 0.0))
    assert waits_s[:7] == [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 4.0]
    assert waits_s[-1] == 900.0
    back_off.right("a")
    assert back_off.wait_s("a", 0.0) == 0.0
