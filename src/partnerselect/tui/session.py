"""What is open: the files, what is known of each, and what is tried on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerselect import files, what_if
from partnerselect.tui.jobs import Failure, ScenarioFile
from partnerselect.tui.memory import Autosave
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.what_if_worker import PartialResult, Request, WhatIfWorker

if TYPE_CHECKING:
    from partnerselect.what_if import Choice, Difference, Scored, WhatIf


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
        return cls(base, what_if.WhatIf(base.analysis.scenario))

    @property
    def saved(self) -> Choice:
        """The saved scenario's choice."""
        return what_if.choice_of(self.base.analysis)

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
            what_if.differences(edits),
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
        edits, told = what_if.carried_over(self.edits, base.analysis.scenario)
        return replace(WhatIfSession.on(base).with_changes(edits), told=told)

    @classmethod
    def recovered(cls, base: ViewModel, changes: Mapping[str, Any]) -> WhatIfSession:
        """Make changes that were kept from an earlier session."""
        edits, told = what_if.made_on(base.analysis.scenario, changes)
        return replace(cls.on(base).with_changes(edits), told=told)


@dataclass
class OpenFile:
    """A scenario file, and what is known of it."""

    file: ScenarioFile
    """What is read to have it worked out."""
    saved: ViewModel | None = None
    """What its last version that worked comes to."""
    failure: Failure | None = None
    """Why it cannot be used as it is now."""
    tried: WhatIfSession | None = None
    """Its what-if; None where nothing has been tried."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.file.path

    @property
    def name(self) -> str:
        """What the scenario is called: its title once read, else its file."""
        return self.saved.title if self.saved else self.path.name

    def sources(self, shown: ViewModel | None) -> set[Path]:
        """Return the files that what is shown depends on.

        Where nobody could read it, all that it may depend on.
        """
        known = {self.path, *(shown.sources if shown else ())}
        return known | set(neighbours(self.path)) if self.failure else known


NOTHING = OpenFile(ScenarioFile(Path("No scenario is open: Open is among the commands")))


class Session:
    """The open files, one in front; of their what-ifs the newest change is worked on."""

    def __init__(
        self,
        paths: Sequence[Path],
        worker: WhatIfWorker,
        *,
        root: Path | None = None,
        changes: Mapping[str, Any] | None = None,
    ) -> None:
        """Name the files, the folder they may take others from, and what is changed in each."""
        self.worker, self.autosave = worker, Autosave()
        self._root, self._changes = root, dict(changes or {})
        self.files: list[OpenFile] = []
        for path in paths:
            self.number_of(path)
        self.current = 0
        """The number of the file in front."""

    @property
    def front(self) -> OpenFile:
        """The file in front; where none is open, one that is never read."""
        return self.files[self.current] if self.files else NOTHING

    def number_of(self, path: Path) -> int:
        """Return the number of a file; one that is new is put at the end."""
        path = files.resolved(path)
        known = [file.path for file in self.files]
        if path not in known:
            self.files.append(OpenFile(ScenarioFile(path, self._root, self._changes)))
        return [*known, path].index(path)

    @property
    def view_model(self) -> ViewModel | None:
        """What the views show: the changed scenario once it is worked out, else the saved one."""
        tried = self.front.tried
        return tried.view_model if tried and tried.view_model else self.front.saved

    @property
    def what_if(self) -> WhatIfSession | None:
        """The what-if of the file in front, begun where there is none.

        None before the file is read.
        """
        front = self.front
        if front.saved is not None and front.tried is None:
            front.tried = WhatIfSession.on(front.saved)
        return front.tried

    @property
    def unsaved(self) -> dict[Path, WhatIfSession]:
        """The what-ifs with changes that are not saved, by file."""
        return {
            file.path: file.tried for file in self.files if file.tried and file.tried.is_changed
        }

    def change(self, edits: WhatIf) -> None:
        """Take up other changes, and have them answered."""
        if self.what_if is not None:
            self._set(self.front, self.what_if.with_changes(edits))

    def resume(self, changes: Mapping[str, Any]) -> None:
        """Take up changes kept from an earlier session; they are on disk when this returns."""
        if self.front.saved is not None:
            self._set(self.front, WhatIfSession.recovered(self.front.saved, changes))
            self.autosave.flush()

    def keep(self, path: Path, outcome: ViewModel | Failure) -> None:
        """Keep what became of a file, and make its changes again on what it says now.

        A failure leaves its last version that worked.
        """
        file = self.files[self.number_of(path)]
        if isinstance(outcome, Failure):
            file.failure = outcome
            return
        file.saved, file.failure = outcome, None
        if file.tried is not None:
            self._set(file, file.tried.rebased(outcome))

    def replace(self, view_model: ViewModel, fuller: ViewModel) -> None:
        """Put a fuller view model wherever this one is used: nothing is worked out anew."""
        for file in self.files:
            if file.saved is view_model:
                file.saved = fuller
            if file.tried is not None:
                base = fuller if file.tried.base is view_model else file.tried.base
                shown = fuller if file.tried.view_model is view_model else file.tried.view_model
                file.tried = replace(file.tried, base=base, view_model=shown)

    def discard(self, path: Path) -> None:
        """Forget the changes of a file, on disk too."""
        self.files[self.number_of(path)].tried = None
        self.worker.forget()
        self.autosave.keep_now(path, {})

    def take(self, result: PartialResult) -> bool:
        """Add what was found out.

        Tell whether it is new, and about the changes of the file in front as they are now.
        """
        tried = self.front.tried
        if tried is None or tried.request is not result.request:
            return False
        if result.scored is not None and result.scored is tried.scored:
            return False  # known since the change was made
        self.front.tried = tried.with_result(result)
        return True

    def turn_to(self, number: int) -> None:
        """Put another file in front, and have what is not yet known of its changes worked out."""
        self.current = number
        tried = self.front.tried
        if tried is not None and tried.is_changed and tried.view_model is None:
            self._set(self.front, tried.with_changes(tried.edits))

    def is_at_rest(self, within: float) -> bool:
        """Let all be kept, end all work, and tell whether it came to its end."""
        self.autosave.close()
        return self.worker.is_at_rest(within)

    def _set(self, file: OpenFile, tried: WhatIfSession) -> None:
        file.tried = tried
        if tried.request is None:
            self.worker.forget()
        elif (known := self.worker.ask(tried.request)) is not None:
            file.tried = tried.with_result(known)
        self.autosave.keep_soon(file.path, tried.edits.changes)


# ── Files that are looked at again and again: a few system calls, and it works on any disk ──

READ = frozenset({".yaml", ".yml", ".csv", ".xlsx"})
Marks = dict[Path, tuple[int, int, int] | None]


def marks(paths: Iterable[Path]) -> Marks:
    """Return what tells a file from an earlier state of it: inode, size and time of change.

    None where it is not there.

    The inode changes when a file is replaced as a whole, as editors do.
    """
    return {path: mark(path) for path in paths}


def mark(path: Path) -> tuple[int, int, int] | None:
    """Return what tells a file from an earlier state of it; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


class WatchedFiles:
    """Files that are looked at again and again."""

    def __init__(self) -> None:
        self._seen: Marks = {}
        self._settling = False

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch these files from now on, and no others."""
        self._seen, self._settling = marks(paths), False

    def watch_also(self, paths: Iterable[Path]) -> None:
        """Watch these files too; what was seen of the others holds."""
        self._seen = marks(paths) | self._seen

    def have_settled(self) -> bool:
        """Look once; tell whether the files had changed and have settled."""
        now = marks(self._seen)
        if now == self._seen:
            return self._settling
        self._seen, self._settling = now, True
        return False


def neighbours(path: Path) -> tuple[Path, ...]:
    """Return the files that an unreadable scenario may depend on."""
    folders = (path.parent, path.parent.parent / "criteria")
    return (
        path,
        *(
            found
            for folder in folders
            if folder.is_dir()
            for found in sorted(folder.iterdir())
            if found.suffix in READ
        ),
    )
