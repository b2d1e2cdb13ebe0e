"""The what-if of one file: its changes, and the answer so far beside the saved one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.what_if_worker import PartialResult, Request
from partnerselect.what_if import (
    Choice,
    Difference,
    Scored,
    WhatIf,
    carried_over,
    choice_of,
    differences,
    made_on,
)


@dataclass(frozen=True)
class WhatIfSession:
    """What is changed, and what is known of the answer.

    A new one at every change and at every result.
    """

    base: ViewModel
    """The saved scenario as it was last worked out."""
    edits: WhatIf
    differences: tuple[Difference, ...] = ()
    """What is not as saved, in words."""
    told: tuple[str, ...] = ()
    """What could not be kept of the changes, or of a step gone back to, because the file changed.
    """
    scored: Scored | None = None
    choice: Choice | None = None
    """The latest known; of an earlier state of the changes until there is one of this."""
    is_current: bool = True
    """Whether that choice is of the changes as they are now."""
    bound: float | None = None
    """What no choice can be better than, while the solver is at work."""
    view_model: ViewModel | None = None
    """The whole answer, as the other views show it; None until it is worked out."""
    failure: str = ""
    is_thinking: bool = False
    request: Request | None = field(default=None, compare=False)

    @classmethod
    def on(cls, base: ViewModel) -> WhatIfSession:
        """Begin with nothing changed."""
        return cls(base, WhatIf(base.analysis.scenario))

    @property
    def saved(self) -> Choice:
        """The saved scenario's choice."""
        return choice_of(self.base.analysis)

    @property
    def is_changed(self) -> bool:
        """Whether anything is changed."""
        return bool(self.edits.changes)

    @property
    def ranking(self) -> Scored:
        """The ranking of the changes as they are now, or of the latest state that is ranked."""
        return self.scored or self.saved.scored

    @property
    def chosen(self) -> Choice:
        """The choice to show."""
        return self.choice or self.saved

    def with_changes(self, edits: WhatIf) -> WhatIfSession:
        """Take up other changes; what is known of the answer stays in sight until there is more."""
        if not edits.changes:
            return WhatIfSession(self.base, edits, told=edits.told)
        asked = Request(edits.scenario, self.base)
        known = WhatIfSession(
            self.base,
            edits,
            differences(edits),
            edits.told,
            scored=self.scored,
            choice=self.choice,
        )
        return replace(known, is_current=False, is_thinking=True, request=asked)

    def with_result(self, result: PartialResult) -> WhatIfSession:
        """Add what was found out about these changes."""
        known: dict[str, Any] = {
            name: found
            for name in ("scored", "choice", "view_model")
            if (found := getattr(result, name)) is not None
        }
        if result.progress is not None:
            known["bound"] = result.progress.bound
        if result.failure is not None:
            known["failure"] = result.failure.reason
        return replace(
            self,
            **known,
            is_current=self.is_current or result.choice is not None or result.failure is not None,
            is_thinking=self.is_thinking and not result.is_last,
        )

    def rebased(self, base: ViewModel) -> WhatIfSession:
        """Make the same changes on the file as it is now, with the same steps to undo."""
        edits, told = carried_over(self.edits, base.analysis.scenario)
        return replace(WhatIfSession.on(base).with_changes(edits), told=told)

    @classmethod
    def recovered(cls, base: ViewModel, changes: Mapping[str, Any]) -> WhatIfSession:
        """Make changes that were kept from an earlier session."""
        edits, told = made_on(base.analysis.scenario, changes)
        return replace(cls.on(base).with_changes(edits), told=told)
