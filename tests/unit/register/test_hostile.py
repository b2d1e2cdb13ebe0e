"""What is no register of ours, or cannot be used, is refused in words and left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from partnerselect.errors import FailureError, InputError
from partnerselect.register import opening
from partnerselect.register.opening import open_register
from partnerselect.register.store import KNOWN, LATEST
from tests.unit.register.recording import opened

SECRET = "s3cr3t"  # noqa: S105 - of nothing


def newer(path: Path) -> None:
    open_register(str(path), begin=True).record(opened())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE partnerselect_version SET version_num = '99'")
    connection.close()


def another_programs(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE partnerselect_entry (number int)")
    connection.close()


def half_copied(path: Path) -> None:
    open_register(str(path), begin=True).record(*[opened(body="x" * 3000)] * 20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 512 * 512])


def nearly_nothing_copied(path: Path) -> None:
    open_register(str(path), begin=True)
    path.write_bytes(path.read_bytes()[:4096])


def torn(path: Path) -> None:
    open_register(str(path), begin=True)
    path.write_bytes(path.read_bytes()[:90])


def damaged_where_the_last_entries_stand(path: Path) -> None:
    """Break the last page: the first rows are read before that is noticed."""
    open_register(str(path), begin=True).record(*[opened(body="x" * 3000)] * 20)
    path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096)


def with_a_table_whose_name_is_no_text(path: Path) -> None:
    """Break the name of a table and what it holds: SQLite quotes the name in what it says."""
    open_register(str(path), begin=True)
    found = path.read_bytes().replace(b"tablepartnerselect_h", b"table\xff\xffrtnerselect_h")
    path.write_bytes(
        found.replace(b"CREATE TABLE partnerselect_h", b"CREATE TABLE \xff" + b"(" * 14)
    )


def without_a_table(path: Path) -> None:
    open_register(str(path), begin=True)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE partnerselect_head")
    connection.close()


def empty(path: Path) -> None:
    path.touch()


def a_text(path: Path) -> None:
    path.write_text("format: 1\n" * 50, encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (newer, "is of version 99; this partnerselect knows version 1: install a newer one"),
        (another_programs, "is not a register, and is left as it is"),
        (half_copied, "is damaged, copied in part"),
        (nearly_nothing_copied, "is damaged, copied in part"),
        (torn, "is damaged, copied in part"),
        (damaged_where_the_last_entries_stand, "is damaged, copied in part"),
        (with_a_table_whose_name_is_no_text, "is damaged, copied in part"),
        (without_a_table, "is damaged, copied in part or changed by others"),
        (empty, "is empty, so it is no register"),
        (a_text, "is not a register, and is left as it is"),
        (Path.mkdir, "Is a directory"),
    ],
)
@pytest.mark.parametrize("begin", [False, True])
def test_a_file_that_cannot_be_used_is_refused_and_left(
    tmp_path: Path, make: Callable[[Path], None], words: str, *, begin: bool
) -> None:
    path = tmp_path / "register.sqlite"
    make(path)
    before = path.is_file() and path.read_bytes()
    with pytest.raises(InputError, match=words):
        open_register(str(path), begin=begin)
    assert (path.is_file() and path.read_bytes()) == before
    assert list(tmp_path.iterdir()) == [path]


def test_where_there_is_none_nothing_is_made_by_looking(url: str) -> None:
    with pytest.raises(InputError, match="there is no register"):
        open_register(url)
    with pytest.raises(InputError, match="there is no register"):
        open_register(url)


def test_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder for"):
        open_register(str(tmp_path / "none" / "register.sqlite"), begin=True)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Be somebody to whom folders may be closed: not root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are closed otherwise there")
def test_a_folder_that_may_not_be_written_is_said_and_left() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite"
        Path(folder).chmod(0o555)
        with as_somebody(), pytest.raises(InputError, match="read and written"):
            open_register(str(path), begin=True)
        Path(folder).chmod(0o755)
        open_register(str(path), begin=True).record(opened())
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with as_somebody(), pytest.raises(InputError, match="may not be"):
            open_register(str(path)).record(opened())
        Path(folder).chmod(0o755)
        assert len(open_register(str(path)).entries) == 1
        assert list(Path(folder).iterdir()) == [path]


def test_a_full_disk_is_said_and_nothing_is_recorded(tmp_path: Path) -> None:
    path = str(tmp_path / "register.sqlite")
    register = open_register(path, begin=True)
    register.record(opened())

    def full(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite's own way to have no room

    sa.event.listen(sa.Engine, "connect", full)
    try:
        with pytest.raises(FailureError, match="the disk is full; nothing was recorded"):
            register.record(opened(body="x" * 100_000))
    finally:
        sa.event.remove(sa.Engine, "connect", full)
    assert register.entries == open_register(path).entries
    register.record(opened())
    assert len(open_register(path).entries) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on a disk of a quarter of a megabyte."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mounted)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk can be mounted here")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)  # noqa: S607 - as found


def test_a_disk_that_fills_up_loses_nothing_and_leaves_nothing_behind(small_disk: Path) -> None:
    register = open_register(str(small_disk / "register.sqlite"), begin=True)
    told = ""
    while not told:
        try:
            register.record(opened(body="x" * 20_000))
        except FailureError as error:
            told = str(error)
    assert told.endswith("the disk is full; nothing was recorded")
    with pytest.raises(FailureError, match="the disk is full; nothing was recorded"):
        open_register(str(small_disk / "other.sqlite"), begin=True)
    assert {one.name.partition("-")[0] for one in small_disk.iterdir()} == {"register.sqlite"}
    again = open_register(str(small_disk / "register.sqlite"))
    assert again.entries == register.entries
    assert len(again.entries) > 3
    assert again.faults == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:{}@127.0.0.1:1/none",
        "postgresql://me:{}@nowhere.invalid/none",
        "postgresql://me:{}@host:port/none",
        "postgresql://me:a@{}@host/none",
        "postgresql:///none?host=/nowhere&password={}",
        "postgresql://me:{}@[::1/none",
        "mysql://me:{}@host/none",
        "sqlite://{}",
        "://{}",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_no_password_of_a_url_is_ever_shown(url: str) -> None:
    with pytest.raises((InputError, FailureError)) as raised:
        open_register(url.format(SECRET), begin=True)
    assert SECRET not in "".join((str(raised.value), repr(raised.value)))
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_the_latest_migration_is_the_version_that_the_register_has() -> None:
    folder = Path(opening.__file__).with_name("migrations")
    assert ScriptDirectory(str(folder)).get_heads() == [LATEST]
    assert {one.revision for one in ScriptDirectory(str(folder)).walk_revisions()} == KNOWN


def test_without_its_libraries_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in sys.modules if name.startswith("sqlalchemy")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "partnerselect.register.store")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(InputError, match=r'sqlalchemy, .*pip install "\.\[register\]"'):
        open_register(str(tmp_path / "register.sqlite"), begin=True)
