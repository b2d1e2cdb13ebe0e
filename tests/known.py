"""What many tests ask of the same scenario, worked out once: an answer follows from it alone."""

from __future__ import annotations

import importlib
import pkgutil
from collections import deque
from contextlib import suppress
from typing import Any

import pytest

import partnerselect
from partnerselect import analysis
from partnerselect.analysis import Analysis, analyse_unpriced, asked_once, choices
from partnerselect.model import Scenario
from partnerselect.optimiser import Watch

FURTHER = ("priced", "spending", "prices", "with_and_without", "why_not")
KEPT: deque[Analysis] = deque(maxlen=12)


def known(scenario: Scenario, watch: Watch | None = None) -> Analysis:
    """Return the analysis of a scenario that holds the same, or work it out."""
    place = next((n for n, one in enumerate(KEPT) if one.scenario == scenario), None)
    if place is None:
        found = analyse_unpriced(scenario, watch)
    else:
        found = KEPT[place]
        del KEPT[place]
        found.allocator.begin(watch or Watch())
    if not found.allocator.watch.is_stopped:
        KEPT.append(found)  # at the end, for the first is forgotten first
    return found


_counted = asked_once(choices)


for _module in pkgutil.walk_packages(partnerselect.__path__, "partnerselect."):
    # what is imported first during a test would keep what that test shares
    if not _module.name.endswith("__main__"):
        with suppress(ImportError):
            importlib.import_module(_module.name)


def share_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever analyses during a test find what was worked out before."""

    def counted(asked: Analysis, watch: Watch | None = None) -> Any:
        if watch is not None:
            asked.allocator.begin(watch)
        return _counted(asked)

    monkeypatch.setattr(analysis, "analyse_unpriced", known)
    monkeypatch.setattr(analysis, "choices", counted)
    for name in FURTHER:
        monkeypatch.setattr(analysis, name, asked_once(getattr(analysis, name)))
