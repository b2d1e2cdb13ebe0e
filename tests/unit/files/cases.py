"""A small scenario for tests of files, and what is wrong with a variation of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.errors import InputError, Problem

Workspace = Callable[..., Path]

CRITERIA = """\
title: What matters
criteria:
  value:
    title: Value
    weight: 60
    scale: {worst: 0, best: 10}
  sustainability:
    title: Sustainability
    weight: 40
    criteria:
      handover: {title: Handover, weight: 100, scale: {worst: 0, best: 10}}
"""
SCENARIO = """\
format: 1
title: A small choice
criteria: ../criteria/set.yaml
partners:
  peer: {
    title: Peer trust, cost: {per-day: 0},
    offers: [coaching],
    scores: {value: 7, sustainability.handover: 4}}
  firm:
    title: A firm
    offers: [coaching]
    cost: {per-day: 900}
    scores:
      value: 8
      sustainability.handover: 3
programmes:
  culture:
    title: Culture
    needs: {coaching: 10}
"""
VARIANT = """\
extends: base.yaml
title: A variant
"""


def problems_of(path: Path, *, root: Path | None = None) -> list[Problem]:
    """Return what is wrong with a scenario; fail where nothing is."""
    with pytest.raises(InputError) as caught:
        files.load(path, root=root)
    return list(caught.value.problems)


def labels_of(problems: list[Problem]) -> list[str]:
    """Return the places of problems as they are shown."""
    return [problem.place.label if problem.place else "" for problem in problems]


def faults(read: Callable[[], object]) -> list[Problem]:
    """Return the problems that reading raises, if any; any other exception is a failure."""
    try:
        read()
    except InputError as error:
        return list(error.problems)
    return []
