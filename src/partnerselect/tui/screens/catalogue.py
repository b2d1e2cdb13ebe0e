"""Which views there are.

To add a view: write it in a file of its own beside this one, a `View` with `guide`, `body` and
`draw`, and add an entry to `VIEWS`. Its tab at the top, its key and its command in the palette come
by themselves. A view is imported when it is first opened, for the first paint comes before that.

What a view is given and may ask (all of it in `view.py`):

- `draw(view_model)` is called with the newest view model whenever the view is looked at, its size
  or what it shows has changed. It only lays out.
- `self.selection` is what was pointed at when the view was opened: the programme and partners under
  the cursor of the view before it. `points_at()` returns what stands under this view's own cursor,
  for the view after it.
- `found = self.ask("spending", analysis.spending)` inside `draw` asks something more about the view
  model. It is worked out off the screen's thread, kept with the view model, and `draw` is called
  again once it is there. Until then it is None, and `self.missing("spending", width)` is the sheet
  to show: that it is being worked out, was stopped, or went wrong.
- `app.tcss` names the widgets by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partnerselect.tui.screens.view import View


@dataclass(frozen=True)
class Listed:
    """A view that can be opened from anywhere."""

    key: str
    label: str
    short: str
    """Its name where there is little room."""
    question: str
    """What it answers, as its reader would ask."""
    place: str
    """`module:class`."""

    def open(self) -> View:
        """Return a new one."""
        module, _, name = self.place.partition(":")
        named = getattr(import_module(f"partnerselect.tui.screens.{module}"), name)
        view = cast("View", named())
        view.question = self.question
        return view


VIEWS = (
    Listed(
        "1",
        "Recommendation",
        "Recommend",
        "What am I approving?",
        "recommendation:RecommendationView",
    ),
    Listed("2", "Compare", "Compare", "Why this partner and not that one?", "compare:CompareView"),
    Listed("3", "What if", "What if", "What would change the answer?", "what_if:WhatIfView"),
    Listed("4", "Robustness", "Sure", "How sure are we?", "robustness:RobustnessView"),
    Listed("5", "Money", "Money", "What does another £50k buy?", "money:MoneyView"),
    Listed("6", "People", "People", "Who disagrees?", "people:PeopleView"),
    Listed("7", "Plans", "Plans", "How would other plans compare?", "plans:PlansView"),
    Listed("8", "Checks", "Checks", "What rests on assumption?", "checks:ChecksView"),
    Listed("9", "Paper", "Paper", "What goes to the board?", "paper:PaperView"),
    Listed(
        "0", "Register", "Record", "What was decided, and what is due?", "register:RegisterView"
    ),
)
FIRST, WHAT_IF = "1", "3"
"""Keys of the view that one starts with, and of the one where things are changed."""
