"""Everything beside this file drives a browser; its fixtures are in `tests.browser.fixtures`."""

import pytest

from tests.browser.fixtures import OpenPage, sign_in

__all__ = ["OpenPage", "sign_in"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything beside this file drives a browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
