"""The what-if of one file: its changes, and the answer so far beside the saved one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partnerselect.tui.picture import Picture
from partnerselect.tui.trial.saved import saved_choice
from partnerselect.tui.trial.thinker import Thought, Wanted
from partnerselect.what_if.answers import Choice, Scored
from partnerselect.what_if.changes import WhatIf, carried_over, made_on
from partnerselect.what_if.levers import Difference, differences


@dataclass(frozen=True)
class Trial:
    """What is changed, and what is known of the answer.

    A new one at every change and at every thought.
    """

    base: Picture
    """The saved scenario as it was last worked out."""
    whatif: WhatIf
    differences: tuple[Difference, ...] = ()
    """What is not as saved, in words."""
    told: tuple[str, ...] = ()
    """What could not be kept of the changes, or of a step gone back to, because the file changed."""
    scored: Scored | None = None
    choice: Choice | None = None
    """The latest known; of an earlier state of the changes until there is one of this."""
    is_current: bool = True
    """Whether that choice is of the changes as they are now."""
    bound: float | None = None
    """What no choice can be better than, while the solver is at work."""
    picture: Picture | None = None
    """The whole answer, as the other views show it; None until it is worked out."""
    trouble: str = ""
    is_thinking: bool = False
    wanted: Wanted | None = field(default=None, compare=False)

    @classmethod
    def on(cls, base: Picture) -> Trial:
        """Begin with nothing changed."""
        return cls(base, WhatIf(base.analysis.scenario))

    @property
    def saved(self) -> Choice:
        """The saved scenario's choice."""
        return saved_choice(self.base)

    @property
    def is_changed(self) -> bool:
        """Whether anything is changed."""
        return bool(self.whatif.changes)

    @property
    def ranking(self) -> Scored:
        """The ranking of the changes as they are now, or of the latest state that is ranked."""
        return self.scored or self.saved.scored

    @property
    def chosen(self) -> Choice:
        """The choice to show."""
        return self.choice or self.saved

    def with_changes(self, whatif: WhatIf) -> Trial:
        """Take up other changes; what is known of the answer stays in sight until there is more."""
        if not whatif.changes:
            return Trial(self.base, whatif, told=whatif.told)
        asked = Wanted(whatif.scenario, self.base)
        known = Trial(
            self.base,
            whatif,
            differences(whatif),
            whatif.told,
            scored=self.scored,
            choice=self.choice,
        )
        return replace(known, is_current=False, is_thinking=True, wanted=asked)

    def thinking(self, thought: Thought) -> Trial:
        """Add what was found out about these changes; of others nothing is taken."""
        if thought.wanted is not self.wanted:
            return self
        known = replace(
            self, wanted=self.wanted, is_thinking=self.is_thinking and not thought.is_last
        )
        if thought.scored is not None:
            known = replace(known, scored=thought.scored)
        if thought.choice is not None:
            known = replace(known, choice=thought.choice, is_current=True)
        if thought.progress is not None:
            known = replace(known, bound=thought.progress.bound)
        if thought.picture is not None:
            known = replace(known, picture=thought.picture)
        return (
            replace(known, trouble=thought.trouble.failure, is_current=True)
            if thought.trouble is not None
            else known
        )

    def rebased(self, base: Picture) -> Trial:
        """Make the same changes on the file as it is now, with the same steps to undo."""
        whatif, told = carried_over(self.whatif, base.analysis.scenario)
        return replace(Trial.on(base).with_changes(whatif), told=told)

    @classmethod
    def recovered(cls, base: Picture, changes: Mapping[str, Any]) -> Trial:
        """Make changes that were kept from an earlier session."""
        whatif, told = made_on(base.analysis.scenario, changes)
        return replace(cls.on(base).with_changes(whatif), told=told)
