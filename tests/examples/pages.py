"""A page of the documents, run from its first block to its last in a folder of its own.

`name.yaml`: above a block names the file that it is written to. Lines of `sh` are run in order; what
follows `# exits with` is the code that is expected, 0 where nothing is said. A block of `text` stands
in what the block before it printed. Blocks of `python` share their names.
"""

from __future__ import annotations

import io
import re
import shlex
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from partnerselect.cli import main

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(?P<name>[\w./-]+\.(?:yaml|csv|py))`[^`\n]*:\s*\Z")
CODE = re.compile(r"#.*exits with (\d)")
NOT_RUN = (
    "pip ",
    "pipx ",
    "uvx ",
    "uv ",
    "git clone",
    "make ",
    "source ",
    "python3 -m venv",
    ".venv",
)
"""How lines begin that set up a machine: what they set up is what runs the tests."""


class Page:
    """A page that is being run."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._whole = path.read_text(encoding="utf-8")
        self._folder, self._printed = folder, ""
        self._names: dict[str, Any] = {"__name__": "__page__"}

    def run(self) -> int:
        """Run every block; return how many there were."""
        blocks = list(BLOCK.finditer(self._whole))
        for block in blocks:
            with chdir(self._folder):
                self._run(block)
        return len(blocks)

    def _run(self, block: re.Match[str]) -> None:
        text, before = block["text"], self._whole[: block.start()]
        match block["language"]:
            case "yaml" | "csv":
                named = NAMED.search(before)
                assert named, f"no name above: {text[:60]}"
                file = self._folder / named["name"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            case "sh":
                self._printed = "".join(self._command(line) for line in text.splitlines() if line)
            case "python":
                printed = io.StringIO()
                with redirect_stdout(printed):
                    exec(compile(text, "page", "exec"), self._names)  # noqa: S102 - our own page
                self._printed = printed.getvalue()
            case "text":
                for line in text.splitlines():
                    assert _plain(line) in _plain(self._printed), f"{line}\nnot in\n{self._printed}"
            case other:
                raise AssertionError(other)

    def _command(self, line: str) -> str:
        if line.startswith(("#", *NOT_RUN)):
            return ""
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            self._folder /= words[1]
            return ""
        assert words[0] == "partnerselect", line
        with chdir(self._folder):
            result = CliRunner(env={"COLUMNS": "160"}).invoke(main, words[1:])
        expected = CODE.search(line)
        told = f"{line}\n{result.stdout}\n{result.stderr}"
        assert result.exit_code == (int(expected[1]) if expected else 0), told
        return result.stdout + result.stderr


def _plain(text: str) -> str:
    return " ".join(text.split())
