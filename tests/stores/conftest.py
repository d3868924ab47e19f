"""Every test here that asks for `fresh` runs on each kind of store."""

from collections.abc import Iterator

import pytest
from stores_under_test import NAMES, Fresh, homes


@pytest.fixture(scope="session", params=NAMES)
def fresh(request: pytest.FixtureRequest) -> Iterator[Fresh]:
    with homes(request.param) as give:
        yield give
