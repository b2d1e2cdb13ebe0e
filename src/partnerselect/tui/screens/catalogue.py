"""Which views there are.

To add a view: write it in a file of its own beside this one, a `View` with `question`, `guide`,
`body` and `draw`, and add an entry to `VIEWS`. Its tab at the top, its key and its command in the
palette come by themselves; a view that is not listed is absent. A view is imported when it is first
opened, for it brings the engine with it, and the first paint comes before that.

What a view is given and may ask (all of it in `view.py`):

- `draw(view_model)` is called with the newest view model whenever the view is looked at, or what it
  shows has changed. It only lays out.
- `self.selection` is what was pointed at when the view was opened: the programme and partners under
  the cursor of the view before it. `points_at()` returns what stands under this view's own cursor,
  for the view after it.
- `found = self.ask("spending", analysis.spending)` inside `draw` asks something more about the view
  model. It is worked out off the screen's thread, kept with the view model, and `draw` is called
  again once it is there. Until then it is None, and `self.missing("spending", width)` is the sheet
  to show: that it is being worked out, was stopped with escape, or went wrong.
- `app.tcss` names the widgets by id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from partnerselect.tui.screens.view import View


@dataclass(frozen=True)
class Listed:
    """A view that can be opened from anywhere."""

    key: str
    label: str
    short: str
    """Its name where there is little room."""
    question: str
    open: Callable[[], View]
    """Returns a new one."""


def _recommendation() -> View:
    from partnerselect.tui.screens.recommendation import RecommendationView

    return RecommendationView()


def _compare() -> View:
    from partnerselect.tui.screens.compare import CompareView

    return CompareView()


def _what_if() -> View:
    from partnerselect.tui.screens.what_if import WhatIfView

    return WhatIfView()


def _robustness() -> View:
    from partnerselect.tui.screens.robustness import RobustnessView

    return RobustnessView()


def _money() -> View:
    from partnerselect.tui.screens.money import MoneyView

    return MoneyView()


def _people() -> View:
    from partnerselect.tui.screens.people import PeopleView

    return PeopleView()


def _scenarios() -> View:
    from partnerselect.tui.screens.scenarios import ScenariosView

    return ScenariosView()


def _checks() -> View:
    from partnerselect.tui.screens.checks import ChecksView

    return ChecksView()


def _paper() -> View:
    from partnerselect.tui.screens.paper import PaperView

    return PaperView()


VIEWS = (
    Listed("1", "Recommendation", "Recommend", "What am I approving?", _recommendation),
    Listed("2", "Compare", "Compare", "Why this partner and not that one?", _compare),
    Listed("3", "What if", "What if", "What would change the answer?", _what_if),
    Listed("4", "Robustness", "Robust", "How sure are we?", _robustness),
    Listed("5", "Money", "Money", "What does another £50k buy?", _money),
    Listed("6", "People", "People", "Who disagrees?", _people),
    Listed("7", "Scenarios", "Scenarios", "How would other plans compare?", _scenarios),
    Listed("8", "Checks", "Checks", "What rests on assumption?", _checks),
    Listed("9", "Paper", "Paper", "What goes to the board?", _paper),
)
FIRST, WHAT_IF = "1", "3"
"""Keys of the view that one starts with, and of the one where things are changed."""
