"""Which views there are: a key, a name, the question each answers, and where it is written.

To add a view: write it in a file of its own beside this one, a `View` with `body`, `draw`,
`question` and `guide`, and add one line to
`LISTED`. Its key, its tab at the top and its command in the palette come by themselves; a view that
is not listed is absent.

What a view is given and may ask (all of it in `view.py`):

- `draw(picture)` is called with the newest `Picture` whenever the view is looked at, or what it
  shows has changed. It only lays out.
- `self.subject` is what was pointed at when the view was opened: the programme and partners under
  the cursor of the view before it.
  `points_at()` returns what stands under this view's own cursor, for the view after it.
- `found = self.ask("spending", analysis.spending)` inside `draw` asks a further question about the
  picture. It is worked out off the screen's thread, kept with the picture, and `draw` is called
  again once it is there. Until then it is None, and
  `self.missing("spending", width)` is the sheet to show: that it is being worked out, was given up
  with escape, or went wrong.
- `app.tcss` names the widgets by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from partnerselect.tui.screens.view import View


@dataclass(frozen=True)
class Listed:
    """A view that can be opened from anywhere."""

    key: str
    name: str
    short: str
    """Its name where there is little room."""
    question: str
    place: str
    """Module beside this one, and class."""

    def open(self) -> View:
        """Return a new one; only now is its file imported."""
        module, _, name = self.place.partition(":")
        view = getattr(import_module(f"partnerselect.tui.screens.{module}"), name)()
        if not isinstance(view, View):
            raise TypeError(f"{self.place} is no view")
        return view


LISTED: tuple[Listed, ...] = (
    Listed(
        "1",
        "Recommendation",
        "Recommend",
        "What am I approving?",
        "recommendation:RecommendationView",
    ),
    Listed("2", "Compare", "Compare", "Why this partner and not that one?", "compare:CompareView"),
    Listed("3", "What if", "What if", "What would change the answer?", "what_if:WhatIfView"),
    Listed("4", "Robustness", "Robust", "How sure are we?", "robustness:RobustnessView"),
    Listed("5", "Money", "Money", "What does another £50k buy?", "money:MoneyView"),
    Listed("6", "People", "People", "Who disagrees?", "people:PeopleView"),
    Listed(
        "7", "Scenarios", "Scenarios", "What if we chose another course?", "scenarios:ScenariosView"
    ),
    Listed("8", "Checks", "Checks", "What are we guessing?", "checks:ChecksView"),
    Listed("9", "Paper", "Paper", "What goes to the board?", "paper:PaperView"),
)
FIRST, WHAT_IF = "1", "3"
"""Keys of the view that one starts with, and of the one where things are moved."""
