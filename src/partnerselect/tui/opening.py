"""Which scenario to look at: recent ones, those in a folder, one that is begun now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect import files
from partnerselect.errors import PartnerselectError
from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, TypeScreen

if TYPE_CHECKING:
    from partnerselect.tui.shell import Shell

ELSEWHERE, BLANK = "elsewhere", "blank"
BEGINS = ("programmes:", "extends:")
"""Keys of which a file needs one, at the beginning of a line, to be offered as a scenario."""


def scenarios_in(folder: Path) -> list[Path]:
    """Return the scenario files in a folder and in its `scenarios`, by name."""
    found = [
        path
        for place in (folder, folder / "scenarios")
        for suffix in ("yaml", "yml", "xlsx")
        for path in sorted(place.glob(f"*.{suffix}"))
    ]
    return [path for path in found if _is_scenario(path)]


def _is_scenario(path: Path) -> bool:
    if files.is_book(path):
        return files.may_hold_scenario(path)
    with suppress(OSError, UnicodeDecodeError):
        return any(
            line.startswith(BEGINS) for line in path.read_text(encoding="utf-8").splitlines()
        )
    return False


async def open_another(shell: Shell, recent: Sequence[Path], asked: str) -> Conversation:
    """Ask which file to open, open it, and look at it."""
    chosen = yield ChooseScreen(asked, _choices(shell, recent), letters="a few letters of its name")
    paths: list[Path] = [chosen] if isinstance(chosen, Path) else []
    if chosen == ELSEWHERE:
        typed = yield TypeScreen(
            "Open which file or folder?",
            f"{Path.cwd()}/",
            hint="Of a folder, every scenario in it is opened;"
            f" {shell.key_of['switch']} goes from one to the next.",
            objection=_objection,
        )
        paths = _named(typed) if typed is not None else []
    elif chosen == BLANK:
        try:
            paths = [files.write_blank(Path.cwd())]
            shell.notify(f"Made {paths[0]}: fill it in, the screens follow.", timeout=8)
        except PartnerselectError as error:
            shell.notify(str(error), severity="error", timeout=10)
    numbers = [shell.session.number_of(path) for path in paths]
    if numbers:
        await shell.switch_to(numbers[0])


async def switch(shell: Shell) -> Conversation:
    """Ask which of the open scenarios to look at, and do."""
    session = shell.session
    choices = [
        Choice(file.name, n, "●" if n == session.current else "")
        for n, file in enumerate(session.files)
    ]
    chosen = yield ChooseScreen("Which scenario?", choices, at=session.current)
    if chosen is not None:
        await shell.switch_to(chosen)


def _choices(shell: Shell, recent: Sequence[Path]) -> list[Choice]:
    """Return what can be opened; what is open already is switched to by its own key."""
    is_open = {file.path for file in shell.session.files}
    beside = {file.path.parent: None for file in shell.session.files} or {Path.cwd(): None}
    near = [files.resolved(path) for folder in beside for path in scenarios_in(folder)]
    return [
        *_files("recent", recent, is_open),
        *_files("near", near, is_open | set(recent)),
        Choice("Another file or folder …", ELSEWHERE),
        Choice(f"Begin a new one here: {Path.cwd() / 'choice.yaml'}", BLANK),
    ]


def _files(kind: str, paths: Iterable[Path], without: set[Path]) -> list[Choice]:
    return [
        Choice(f"{path.name}  {_short(path.parent)}", path, kind)
        for path in dict.fromkeys(paths)
        if path not in without
    ]


def _short(folder: Path) -> str:
    """Return a folder as its reader names it, from the home folder."""
    with suppress(ValueError, RuntimeError):
        return f"~/{folder.relative_to(Path.home()).as_posix()}"
    return str(folder)


def _named(typed: str) -> list[Path]:
    path = Path(typed.strip()).expanduser()
    return scenarios_in(path) if path.is_dir() else [path]


def _objection(typed: str) -> str:
    path = Path(typed.strip()).expanduser()
    if not path.exists():
        return f"There is no {path}."
    return "" if _named(typed) else f"There is no scenario in {path}."
