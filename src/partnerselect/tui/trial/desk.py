"""The what-ifs of all files on the screens, and who works on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerselect.tui.picture import Picture
from partnerselect.tui.trial.kept import Autosave
from partnerselect.tui.trial.thinker import Thinker, Thought

if TYPE_CHECKING:
    from partnerselect.tui.trial.trial import Trial
    from partnerselect.what_if.changes import WhatIf


class Desk:
    """One trial a file; the newest change is the one that is worked on."""

    def __init__(self, deliver: Callable[[Thought], object]) -> None:
        self._trials: dict[Path, Trial] = {}
        self._thinker, self.autosave = Thinker(deliver), Autosave()

    def of(self, path: Path) -> Trial | None:
        """Return the trial of a file; None where nothing has been tried."""
        return self._trials.get(path)

    @property
    def unsaved(self) -> list[Path]:
        """The files with changes that are not saved."""
        return [path for path, trial in self._trials.items() if trial.is_changed]

    def begun(self, path: Path, base: Picture) -> Trial:
        """Return the trial of a file, a new one where there is none."""
        from partnerselect.tui.trial.trial import Trial

        return self._trials.setdefault(path, Trial.on(base))

    def change(self, path: Path, base: Picture, whatif: WhatIf) -> None:
        """Take up other changes, and have them answered."""
        self._set(path, self.begun(path, base).with_changes(whatif))

    def recover(self, path: Path, base: Picture, changes: Mapping[str, Any]) -> Trial:
        """Take up changes kept from an earlier session."""
        from partnerselect.tui.trial.trial import Trial

        return self._set(path, Trial.recovered(base, changes))

    def rebase(self, path: Path, base: Picture) -> Trial | None:
        """Make the changes of a file again on what it says now."""
        trial = self.of(path)
        return self._set(path, trial.rebased(base)) if trial else None

    def replace(self, path: Path, picture: Picture, fuller: Picture) -> None:
        """Put a fuller picture where this one is used: nothing is worked out anew."""
        trial = self.of(path)
        if trial is not None and (trial.base is picture or trial.picture is picture):
            base = fuller if trial.base is picture else trial.base
            self._trials[path] = replace(
                trial, base=base, picture=fuller if trial.picture is picture else trial.picture
            )

    def discard(self, path: Path) -> None:
        """Forget the changes of a file."""
        if self._trials.pop(path, None) is not None:
            self._thinker.forget()
            self.autosave.keep_now(path, {})

    def take(self, path: Path, thought: Thought) -> bool:
        """Add what was found out.

        Tell whether it is new, and about the changes of this file as they are now.
        """
        trial = self.of(path)
        if trial is None or trial.wanted is not thought.wanted:
            return False
        if (
            thought.scored is not None and thought.scored is trial.scored
        ):  # known since the change was made
            return False
        self._trials[path] = trial.thinking(thought)
        return True

    def look_again(self, path: Path) -> None:
        """Have what is not yet worked out of a file's changes worked out: another file was looked at meanwhile."""
        trial = self.of(path)
        if trial is not None and trial.is_changed and trial.picture is None:
            self._set(path, trial.with_changes(trial.whatif))

    def go_on(self) -> None:
        """Take note that what is known has been drawn."""
        self._thinker.go_on()

    def settle(self) -> None:
        """Take the best choice found so far."""
        self._thinker.settle()

    def is_at_rest(self, within: float) -> bool:
        """Let all be kept, end all work, and tell whether it came to its end."""
        self.autosave.close()
        return self._thinker.is_at_rest(within)

    def _set(self, path: Path, trial: Trial) -> Trial:
        self._trials[path] = trial
        if trial.wanted is not None:
            known = self._thinker.ask(trial.wanted)
            trial = self._trials[path] = trial if known is None else trial.thinking(known)
        else:
            self._thinker.forget()
        self.autosave.keep_soon(path, trial.whatif.changes)
        return trial
