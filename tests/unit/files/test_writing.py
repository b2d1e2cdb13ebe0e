from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from partnerselect.files import write_whole


def test_a_file_holds_exactly_what_was_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "text.txt", "é\r\n")
    write_whole(tmp_path / "bytes.bin", b"\x00\xff")
    assert (tmp_path / "text.txt").read_bytes() == "é\r\n".encode()
    assert (tmp_path / "bytes.bin").read_bytes() == b"\x00\xff"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bytes.bin", "text.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    path, link = tmp_path / "file.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()


def test_a_link_that_leads_to_itself_is_never_replaced(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to("link.txt")
    with pytest.raises(OSError, match=r"link\.txt"):
        write_whole(link, "new")
    assert [*tmp_path.iterdir()] == [link]
    assert link.is_symlink()
