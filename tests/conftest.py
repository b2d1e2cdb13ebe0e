"""What holds for every test: how hard hypothesis looks, and how long the long ones may take."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# No deadline: two cores shared with other work say nothing about one example.
settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci", parent=settings.get_profile("quick"), derandomize=True, print_blob=True
)  # the same examples in every run
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=2000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick")
)

WORKERS_A_CORE = 2
"""Tests of the screens wait half of the time, so one process a core leaves half of it idle; long tests calculate."""
LONG = 7200
"""Seconds for a test that is marked long."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Say how many processes `--numprocesses auto` means."""
    calculate = config.getoption("markexpr") == "long"
    return (1 if calculate else WORKERS_A_CORE) * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give long tests the time they need."""
    for item in items:
        if item.get_closest_marker("long") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LONG))
