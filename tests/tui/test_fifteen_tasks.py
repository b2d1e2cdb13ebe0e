"""What an executive asks, and how many keys and screens away the answer is.

The counts stand in docs/measurements/screens.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from partnerselect import rows
from partnerselect.analysis import (
    Analysis,
    alternatives,
    analyse,
    intervals,
    judge,
    spending,
    with_and_without,
    with_choices,
)
from partnerselect.rows.robustness import finding_rows
from partnerselect.tui import jobs
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.refinement import CHOICES, FINDING, NEAR, OTHERWISE, REASONS, SPENDING
from partnerselect.tui.view_model import ViewModel
from partnerselect.words import amount, share
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out

DOCUMENT = Path(__file__).parents[2] / "docs" / "measurements" / "screens.md"
Facts = Callable[[Analysis], list[str]]


@dataclass(frozen=True)
class Task:
    """A question, the keys to its answer, and what the answer says."""

    question: str
    keys: tuple[str, ...]
    screens: int
    """Views and dialogs that are opened on the way."""
    says: Facts

    @property
    def counted(self) -> str:
        """As the document counts it."""
        return f"{len(self.keys)} / {self.screens}"


def _asked(analysis: Analysis) -> list[str]:
    account, budget = analysis.allocation.account, analysis.scenario.limits.budget
    assert account is not None
    assert isinstance(budget, int | float)
    sure = [row["certainty"] for row in rows.approval_rows(analysis) if row["run"]]
    robust = sum(one.kind == "robust" for one in sure)
    return [
        f"{amount(account.own_cost, 'GBP')} of our {amount(budget, 'GBP')}",
        f"● {robust} robust",
    ]


def _refused(analysis: Analysis) -> list[str]:
    return [rows.condition_words(analysis, with_and_without(analysis))]


def _tight(analysis: Analysis) -> list[str]:
    tight = [row for row in rows.gauge_rows(analysis) if row["tight"]]
    return [f"▲ {len(tight)} of", *(row["amount"] for row in tight[:4])]


def _why_not(analysis: Analysis) -> list[str]:
    second = next(
        row
        for row in rows.ranking_rows(analysis)
        if row["programme"] == "qms-foundation" and row["rank"] == 2
    )
    return [second["reason"]]


def _most_worth(analysis: Analysis) -> list[str]:
    fact = finding_rows(analysis)[0]
    return [analysis.scenario.programmes[fact["programmes"][0]].title, "Why this partner"]


def _turning(analysis: Analysis) -> list[str]:
    first = next(one for one in intervals(analysis, "qms-foundation") if one.below is not None)
    return [f"below {share(first.whole_low)}: {analysis.scenario.partners[str(first.below)].title}"]


def _proposed(analysis: Analysis) -> list[str]:
    found = judge(analysis, over_trials=False)
    return [
        rows.standing_words(analysis.scenario, found, found.plans[0])[1:],
        rows.broken_words(analysis.scenario, found.plans[0].broken[0]),
    ]


TASKS = (
    Task("What do I approve, for how much, and how sure is it?", (), 0, _asked),
    Task("Why this partner and not the next?", ("enter",), 1, _why_not),
    Task(
        "Who drops out if we have £56,000?",
        ("3", "tab", "enter", *"56k", "enter"),
        2,
        lambda _: ["is no longer used", "less from us"],
    ),
    Task("What if the national team says no?", (), 0, _refused),
    Task("Which limits bind?", (), 0, _tight),
    Task("What would another £50,000 buy?", ("5",), 1, lambda _: ["nother £50,000", " would add "]),
    Task("Who disagrees?", ("6",), 1, lambda _: ["100% of the votes"]),
    Task("Which fact is most worth finding out?", ("tab", "tab", "enter"), 1, _most_worth),
    Task(
        "What does a score rest on?",
        ("enter", "enter"),
        2,
        lambda _: ["What do we know about this partner?", "grade"],
    ),
    Task("What would change the leader?", ("4",), 1, _turning),
    Task(
        "What if I choose another partner here?",
        ("a", "enter"),
        2,
        lambda _: ["As recommended, but Quality system:", " points less than"],
    ),
    Task(
        "What would be almost as good?",
        ("shift+tab", "enter"),
        1,
        lambda analysis: [
            rows.alternatives_sentence(analysis.scenario, alternatives(analysis, over_trials=False))
        ],
    ),
    Task("Is the plan proposed possible?", ("7", "right", "enter"), 2, _proposed),
    Task(
        "What are we guessing?", ("8",), 1, lambda analysis: [rows.check_rows(analysis)[0]["words"]]
    ),
    Task("Write the paper for the board", ("9", "x", "enter"), 2, lambda _: [": written"]),
)


@pytest.fixture(scope="session")
def known(shipped: Analysis) -> tuple[Analysis, dict[Hashable, object]]:
    """Return the shipped scenario with all that the opening screen says by itself.

    Analysed anew: screens of other tests that close may have stopped the search of the shared one.
    """
    analysis = with_choices(analyse(shipped.scenario))
    return analysis, {
        REASONS: None,
        CHOICES: None,
        NEAR: alternatives(analysis, over_trials=False),
        OTHERWISE: with_and_without(analysis),
        SPENDING: spending(analysis),
        FINDING: finding_rows(analysis),
    }


def _read(app: PartnerselectApp) -> str:
    return " ".join(re.sub(r"[│╭╮╰╯─]+", " ", words(app)).split())


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.question)
async def test_the_answer_is_so_many_keys_away(
    task: Task,
    opening: Opening,
    known: tuple[Analysis, dict[Hashable, object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analysis, findings = known
    monkeypatch.setattr(
        jobs,
        "_view_model",
        lambda file, _: ViewModel(analysis, (file.path,), findings=dict(findings)).drawn(),
    )
    app = opening("shsc-2021")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        first, opened = app.screen, set[Screen[Any]]()
        for key in task.keys:
            await pilot.press(key)
            await worked_out(pilot)
            opened |= {app.screen} - {first}
        assert len(opened) == task.screens
        says = [" ".join(told.split()) for told in task.says(analysis)]
        await until(pilot, lambda: all(told in _read(app) for told in says))


def test_the_document_counts_the_same() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    counted = re.findall(r"^\| \d+ \| (.+?) \| .+? \| (\d+ / \d+) \|$", text, re.MULTILINE)
    assert counted == [(task.question, task.counted) for task in TASKS]
    assert len(TASKS) == 15
