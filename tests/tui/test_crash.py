"""A crash leaves the terminal as it was and the unsaved what-if where it is found again."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.processes import environment
from tests.tui.trying import left_behind

pty = pytest.importorskip("pty")
PATIENCE = 120.0
BROKEN = """
import sys
from pathlib import Path
from textual.binding import Binding
from partnerselect.tui import app as shown

class Broken(shown.PartnerselectApp):
    BINDINGS = [Binding("X", "break", "Break")]

    def action_break(self):
        raise ValueError("on purpose")

shown.PartnerselectApp = Broken
from partnerselect.tui import run
sys.exit(run([Path("scenarios/aid-agency.yaml")]))
"""


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, command: list[str]) -> None:
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self._theirs)
        finds_us = environment() | {"TERM": "xterm-256color"}
        self._process = subprocess.Popen(
            command,
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env=finds_us,
            start_new_session=True,
        )
        self.written = b""

    def until(self, wanted: bytes) -> None:
        """Wait for words."""
        self._reading(lambda: wanted in self.written)
        assert wanted in self.written, self.written[-2000:]

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self._ours, keys)

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        self._reading(lambda: self._process.poll() is not None)
        return self._process.wait(1)

    @property
    def after(self) -> list[object]:
        """How the terminal is set now."""
        return list(termios.tcgetattr(self._theirs))

    def _reading(self, enough: object) -> None:
        assert callable(enough)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not enough():
            if select.select([self._ours], [], [], 0.1)[0]:
                self.written += os.read(self._ours, 65536)
        while select.select([self._ours], [], [], 0.1)[0]:
            self.written += os.read(self._ours, 65536)


def test_a_crash_leaves_the_terminal_sane_and_the_what_if_recoverable(folder: Path) -> None:
    terminal = Terminal([sys.executable, "-c", BROKEN])
    terminal.until(b"from us")
    terminal.press(b"3")
    terminal.until(b"As saved.")
    terminal.press(b"\t\x1b[D")
    terminal.until(b"1 change")
    terminal.press(b"X")
    code = terminal.end()
    assert code == 4
    assert terminal.after == list(terminal.before)
    told = terminal.written.decode(errors="replace")
    assert "\x1b[?1049l" in told
    assert told.rindex("\x1b[?25h") > told.rindex("\x1b[?25l")
    assert "Traceback" not in told
    assert "went wrong on our side" in " ".join(told.split())
    assert list(left_behind(folder / "aid-agency.yaml")) == ["limits.budget"]
