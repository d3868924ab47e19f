"""A browser and two nodes for the tests of the console.

Chromium ends with each file of tests: while it runs, no other test of the process could have an
event loop. The nodes stay; tests that change them or kill them have a pair of their own.
"""

import pytest
from console_browser import launched
from console_nodes import apart, console_nodes
from console_seed import seed
from markup_text import Hostile


@pytest.fixture(scope="module")
def chromium():
    with launched() as browser:
        yield browser


def _pair(folder, words=None):
    made = console_nodes(folder)
    nodes = made.__enter__()
    try:
        seed(*nodes, words)
        yield nodes
    finally:
        apart(lambda: made.__exit__(None, None, None))


@pytest.fixture(scope="session")
def two_nodes(tmp_path_factory):
    """Two nodes on an ordinary day; tests only look."""
    yield from _pair(tmp_path_factory.mktemp("ordinary"))


@pytest.fixture(scope="session")
def hostile_nodes(tmp_path_factory):
    """The same two nodes, whose people write nothing but hostile texts; tests only look."""
    yield from _pair(tmp_path_factory.mktemp("hostile"), Hostile())


@pytest.fixture
def own_nodes(tmp_path):
    """Two nodes with nothing on them, of one test alone."""
    with console_nodes(tmp_path) as nodes:
        yield nodes
