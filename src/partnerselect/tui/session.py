"""What is open: the files, what is known of each, and what is tried on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerselect.tui import watched_files
from partnerselect.tui.autosave import Autosave
from partnerselect.tui.jobs import Failure, ScenarioFile
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.what_if_worker import PartialResult, WhatIfWorker

if TYPE_CHECKING:
    from partnerselect.tui.what_if_session import WhatIfSession
    from partnerselect.what_if import WhatIf


class OpenFiles:
    """One file in front, the others behind."""

    def __init__(
        self, paths: Sequence[Path], root: Path | None, changes: Mapping[str, Any]
    ) -> None:
        self._paths = [path.resolve() for path in paths]
        self._root, self._changes = root, changes
        self.current = 0
        """The number of the file in front."""
        self._view_models: dict[Path, ViewModel] = {}
        self._failures: dict[Path, Failure] = {}

    @property
    def path(self) -> Path:
        """The file in front."""
        return self._paths[self.current]

    @property
    def saved(self) -> ViewModel | None:
        """What its last version that worked comes to."""
        return self._view_models.get(self.path)

    @property
    def failure(self) -> Failure | None:
        """Why it cannot be used as it is now."""
        return self._failures.get(self.path)

    @property
    def file(self) -> ScenarioFile:
        """What is read to have it worked out."""
        return ScenarioFile(self.path, self._root, self._changes)

    @property
    def names(self) -> list[str]:
        """What the scenarios are called: their titles once read, else their files."""
        known = self._view_models
        return [known[path].title if path in known else path.name for path in self._paths]

    @property
    def others(self) -> list[tuple[int, ScenarioFile]]:
        """The files behind, with their numbers."""
        return [
            (n, ScenarioFile(path, self._root, self._changes))
            for n, path in enumerate(self._paths)
            if n != self.current
        ]

    def number_of(self, path: Path) -> int:
        """Return the number of a file; one that is new is put at the end."""
        if path not in self._paths:
            self._paths.append(path)
        return self._paths.index(path)

    def keep(self, path: Path, outcome: ViewModel | Failure) -> None:
        """Keep what became of a file; a failure leaves its last version that worked."""
        if isinstance(outcome, ViewModel):
            self._view_models[path] = outcome
            self._failures.pop(path, None)
        else:
            self._failures[path] = outcome

    def replace(self, view_model: ViewModel, fuller: ViewModel) -> None:
        """Put a fuller view model where this one is kept."""
        self._view_models = {
            path: fuller if kept is view_model else kept for path, kept in self._view_models.items()
        }

    def sources(self, shown: ViewModel | None) -> set[Path]:
        """Return the files that what is shown depends on.

        Where nobody could read it, all that it may depend on.
        """
        known = {self.path, *(shown.sources if shown else ())}
        return known | set(watched_files.neighbours(self.path)) if self.failure else known


class Session:
    """The open files, and the what-if of each; the newest change is the one that is worked on."""

    def __init__(self, open_files: OpenFiles, worker: WhatIfWorker) -> None:
        self.files, self.worker, self.autosave = open_files, worker, Autosave()
        self._what_ifs: dict[Path, WhatIfSession] = {}

    @property
    def view_model(self) -> ViewModel | None:
        """What the views show: the changed scenario once it is worked out, else the saved one."""
        tried = self.tried
        return tried.view_model if tried and tried.view_model else self.files.saved

    @property
    def tried(self) -> WhatIfSession | None:
        """The what-if of the file in front; None where nothing has been tried."""
        return self._what_ifs.get(self.files.path)

    @property
    def what_if(self) -> WhatIfSession | None:
        """The same, begun where there is none; None before the file is read."""
        from partnerselect.tui.what_if_session import WhatIfSession

        path, saved = self.files.path, self.files.saved
        if saved is None:
            return None
        return self._what_ifs.setdefault(path, WhatIfSession.on(saved))

    @property
    def unsaved(self) -> dict[Path, WhatIfSession]:
        """The what-ifs with changes that are not saved, by file."""
        return {path: tried for path, tried in self._what_ifs.items() if tried.is_changed}

    def change(self, edits: WhatIf) -> None:
        """Take up other changes, and have them answered."""
        if self.what_if is not None:
            self._set(self.files.path, self.what_if.with_changes(edits))

    def resume(self, changes: Mapping[str, Any]) -> None:
        """Take up changes kept from an earlier session; they are on disk when this returns."""
        from partnerselect.tui.what_if_session import WhatIfSession

        if self.files.saved is not None:
            self._set(self.files.path, WhatIfSession.recovered(self.files.saved, changes))
            self.autosave.flush()

    def keep(self, path: Path, outcome: ViewModel | Failure) -> None:
        """Keep what became of a file, and make its changes again on what it says now."""
        self.files.keep(path, outcome)
        if isinstance(outcome, ViewModel) and path in self._what_ifs:
            self._set(path, self._what_ifs[path].rebased(outcome))

    def replace(self, view_model: ViewModel, fuller: ViewModel) -> None:
        """Put a fuller view model wherever this one is used: nothing is worked out anew."""
        self.files.replace(view_model, fuller)
        for path, tried in self._what_ifs.items():
            base = fuller if tried.base is view_model else tried.base
            shown = fuller if tried.view_model is view_model else tried.view_model
            self._what_ifs[path] = replace(tried, base=base, view_model=shown)

    def discard(self, path: Path) -> None:
        """Forget the changes of a file, on disk too."""
        if self._what_ifs.pop(path, None) is not None:
            self.worker.forget()
            self.autosave.keep_now(path, {})

    def take(self, result: PartialResult) -> bool:
        """Add what was found out.

        Tell whether it is new, and about the changes of the file in front as they are now.
        """
        tried = self.tried
        if tried is None or tried.request is not result.request:
            return False
        if result.scored is not None and result.scored is tried.scored:
            return False  # known since the change was made
        self._what_ifs[self.files.path] = tried.with_result(result)
        return True

    def turn_to(self, number: int) -> None:
        """Put another file in front, and have what is not yet known of its changes worked out."""
        self.files.current = number
        tried = self.tried
        if tried is not None and tried.is_changed and tried.view_model is None:
            self._set(self.files.path, tried.with_changes(tried.edits))

    def is_at_rest(self, within: float) -> bool:
        """Let all be kept, end all work, and tell whether it came to its end."""
        self.autosave.close()
        return self.worker.is_at_rest(within)

    def _set(self, path: Path, tried: WhatIfSession) -> None:
        self._what_ifs[path] = tried
        if tried.request is None:
            self.worker.forget()
        elif (known := self.worker.ask(tried.request)) is not None:
            self._what_ifs[path] = tried.with_result(known)
        self.autosave.keep_soon(path, tried.edits.changes)
