from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.answers import SHIPPED, answer
from tests.golden.differences import difference
from tests.golden.places import ANSWERS


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_is_answered_as_committed_byte_for_byte(path: Path) -> None:
    changed = difference(ANSWERS / f"{path.stem}.json", answer(path))
    assert not changed, changed


def test_every_shipped_answer_is_proven_and_single() -> None:
    states = [
        json.loads(path.read_text(encoding="utf-8"))["status"]
        for path in sorted(ANSWERS.glob("*.json"))
    ]
    assert states == [{"state": "optimal", "tie_break": "complete", "checked": "exact"}] * len(
        SHIPPED
    )


def test_a_second_run_in_the_same_process_answers_the_same() -> None:
    assert answer(SHIPPED[0]) == answer(SHIPPED[0])
