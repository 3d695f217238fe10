"""Threads for tasks that wait."""

import threading

import pytest

from hullmark.sandbox.pool import Pool


def test_results_come_in_the_order_of_their_tasks():
    assert Pool([lambda number=number: number for number in range(9)], 3).results() == [*range(9)]
    assert Pool([], 2).results() == []


def test_an_error_ends_waiting_and_nothing_more_is_begun():
    waits, begun, given_up = threading.Event(), [], []

    def fail():
        raise ValueError("no use")

    def give_up():
        given_up.append(True)
        waits.set()

    def tasks():
        yield lambda: waits.wait(10) or pytest.fail("nobody gave up")
        yield fail
        yield lambda: begun.append(True)

    with pytest.raises(ValueError, match="no use"):
        Pool(tasks(), 2, give_up).results()
    assert given_up == [True]
    assert not begun
