"""Entries as they are stored: in an SQLite file or a PostgreSQL database, and as lines of JSON.

Whoever records holds the database alone for the while; what was confirmed survives a crash.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from partnerselect.decisions import (
    Content,
    Entry,
    Head,
    Kind,
    canonical,
    faults,
    first_difference,
    refuse,
)
from partnerselect.errors import FailureError, NotBegunError, Problem, input_error
from partnerselect.register import clock

LATEST = "1"
"""The latest revision among the migrations."""
KNOWN = frozenset({LATEST})
VERSION = "partnerselect_version"
APPLICATION = int.from_bytes(b"PSrg", "big")
"""What the header of our SQLite files says: it is read before SQLite touches the file."""
SQLITE = b"SQLite format 3\0"
LOCK = 0x50537267
WAIT = 60
"""Seconds to wait for others who record."""
DAMAGED = "the file is damaged, copied in part or changed by others; restore a copy or an export"
WORDS = {
    "SQLITE_FULL": "the disk is full; nothing was recorded",
    "SQLITE_IOERR": "the disk cannot be read or written; nothing was recorded",
    "SQLITE_BUSY": "others have been recording for a minute; nothing was recorded, try again",
    "SQLITE_READONLY": "the file or its folder may not be written; nothing was recorded",
    "SQLITE_CANTOPEN": "the file or its folder may not be read and written",
    **dict.fromkeys(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"), DAMAGED),
}
OURS = frozenset({"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY"})
"""Faults that are not of what was given."""
New = tuple[Kind, Content]
metadata = sa.MetaData()
ENTRY = sa.Table(
    "partnerselect_entry",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in Entry._fields[1:]),
)
HEAD = sa.Table(
    "partnerselect_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
)


class Register:
    """An open register: its entries, and what is wrong with their chain."""

    def __init__(self, url: str, *, begin: bool) -> None:
        """Open or begin a register (see `open_register`)."""
        self.entries: list[Entry] = []
        self.faults: list[str] = []
        self._url = _parsed(url)
        self.path = Path(str(self._url.database)) if _is_file(self._url) else None
        self.name = _name(self._url)
        self._engine = _engine(self._url)
        if self.path is not None:
            with self._in_words():
                self._look_at(self.path, begin=begin)
        else:
            with self._writing() as connection:
                self._prepare(connection, begin=begin)
        with self._reading() as connection:
            if self.path is not None:
                self._check_version(connection)
            self.faults += self._catch_up(connection)

    @property
    def head(self) -> Head:
        """The last entry, which stands for all."""
        return Head.of(self.entries)

    def record(self, *new: New) -> list[Entry]:
        """Record entries, all or none, after whatever others recorded meanwhile."""
        return self.record_after(lambda _: new)

    def record_after(self, make: Callable[[Sequence[Entry]], Iterable[New]]) -> list[Entry]:
        """Record what follows from all entries, those that others recorded meanwhile too."""
        with self._writing() as connection:
            self._follow(connection)
            made: list[Entry] = []
            for kind, content in make(self.entries):
                before = [*self.entries, *made]
                _refuse_no_text(content)
                refuse(before, kind, content)
                clock.refuse_ahead(kind, content)
                time = clock.now().isoformat(timespec="microseconds")
                made.append(Entry.follow(Head.of(before), kind, time, content))
            self._add(connection, made)
        self.entries += made
        return made

    def lines(self) -> Iterator[str]:
        """Yield the entries as lines of JSON."""
        yield from (entry.line for entry in self.entries)

    def take(self, entries: Sequence[Entry]) -> int:
        """Add the entries of an export that begins as this register does; return how many."""
        with self._writing() as connection:
            self._follow(connection)
            if other := first_difference(self.entries, entries):
                raise input_error(f"the export and the register part at entry {other}")
            new = list(entries[len(self.entries) :])
            self._add(connection, new)
        self.entries += new
        return len(new)

    def _add(self, connection: sa.Connection, made: Sequence[Entry]) -> None:
        if not made:
            return
        connection.execute(sa.insert(ENTRY), [entry._asdict() for entry in made])
        head = Head.of(made)
        connection.execute(sa.update(HEAD).values(number=head.number, sha256=head.sha256))

    def _follow(self, connection: sa.Connection) -> None:
        """Take in what others recorded since; refuse to go on from what does not hold."""
        connection.execute(
            sa.select(HEAD.c.number).with_for_update()
        )  # one at a time, from here on
        if found := self.faults or self._catch_up(connection):
            raise input_error(f"the register {self.name} was changed from outside: {found[0]}")

    def _catch_up(self, connection: sa.Connection) -> list[str]:
        """Read what was added, and return what is wrong with it."""
        start = self.head
        one = connection.execute(sa.select(HEAD.c.number, HEAD.c.sha256)).all()
        added = sa.select(ENTRY).order_by(ENTRY.c.number)
        if self.entries:
            added = added.where(ENTRY.c.number > start.number)
        try:
            new = _entries(connection, added)
        except (OperationalError, sqlite3.OperationalError) as error:
            if "decode" not in str(error):
                raise
            raw: Any = connection.connection.driver_connection  # named by its hash, as any other
            raw.text_factory = lambda found: found.decode(errors="surrogateescape")
            new = _entries(connection, added)
        found = list(faults(new, Head(*one[0]) if len(one) == 1 else None, start))
        self.entries += new
        return found

    # ── Opening ──

    def _look_at(self, path: Path, *, begin: bool) -> None:
        """Tell from a file's first bytes that it is ours, before SQLite opens it."""
        try:
            with path.open("rb") as stream:
                first = stream.read(100)
        except FileNotFoundError:
            if not begin:
                raise _not_begun(
                    f"there is no register {self.name}; `freeze` and `decide` begin one in the"
                    " workspace of their scenario; --register or PARTNERSELECT_REGISTER names"
                    " another"
                ) from None
            self._begin_file(path)
            return
        if not first:
            raise input_error(f"{self.name} is empty, so it is no register; name another file")
        ours = int.from_bytes(first[68:72], "big") == APPLICATION
        if not first.startswith(SQLITE) or not ours:
            raise input_error(f"{self.name} is not a register, and is left as it is")

    def _begin_file(self, path: Path) -> None:
        """Make a register beside its place and put it there whole, unless somebody was faster."""
        part = path.with_name(f".{path.name}.{token_hex(4)}.part")
        if not path.parent.is_dir():
            raise input_error(f"there is no folder for {self.name}")
        engine = _engine(self._url.set(database=str(part)))
        try:
            with engine.execution_options(writes=True).begin() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
                _upgrade(connection)
            with engine.connect() as connection:  # not within a transaction
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA journal_mode = WAL")
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            for name in (part, *(part.with_name(f"{part.name}-{end}") for end in ("wal", "shm"))):
                name.unlink(missing_ok=True)

    def _prepare(self, connection: sa.Connection, *, begin: bool) -> None:
        """Make the tables in a database that has none, one process at a time."""
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        if sa.inspect(connection).has_table(VERSION):
            self._check_version(connection)
        elif begin:
            _upgrade(connection)
        else:
            raise _not_begun(
                f"there is no register in {self.name}; `freeze` and `decide` begin one"
            )

    def _check_version(self, connection: sa.Connection) -> None:
        found = connection.execute(sa.text(f"SELECT version_num FROM {VERSION}")).scalars().all()  # noqa: S608 - our own name
        if len(found) != 1 or found[0] not in KNOWN:
            raise input_error(
                f"the register {self.name} is of version {', '.join(map(str, found)) or 'none'};"
                f" this partnerselect knows version {LATEST}: install a newer one"
            )

    # ── Transactions ──

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        level = {} if self.path else {"isolation_level": "REPEATABLE READ"}
        with self._in_words(), self._engine.execution_options(**level).begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._in_words(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say what a database refuses in words that hold no password."""
        try:
            yield
        except DBAPIError as error:
            self._refuse(error.orig)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # while rows are read
            self._refuse(error)
        except OSError as error:
            raise input_error(f"the register {self.name}: {error.strerror}") from None
        except SQLAlchemyError as error:
            raise FailureError(f"the register {self.name}: {type(error).__name__}") from None

    def _refuse(self, error: BaseException | None) -> NoReturn:
        code = getattr(error, "sqlite_errorname", "SQLITE_ERROR" if self.path else "")
        known = next((one for one in WORDS if code.startswith(one)), "")
        told = f"the register {self.name}: {WORDS.get(known) or self._first_line(error)}"
        if known and known not in OURS:
            raise input_error(told) from None
        raise FailureError(told) from None

    def _first_line(self, error: BaseException | None) -> str:
        """Return the first line of what a database says, without the password."""
        told = str(error).strip().partition("\n")[0]
        secret = self._url.password
        return told.replace(str(secret), "***") if secret else told


def _refuse_no_text(content: Content) -> None:
    """Refuse what is to be recorded where some of it is no text; raises InputError."""
    for key, said in content.items():
        try:
            canonical(said).encode()
        except UnicodeEncodeError:
            told = f"{key}: some of it is no text (not UTF-8); write it again"
            raise input_error(told) from None


def _entries(connection: sa.Connection, asked: sa.Select[Any]) -> list[Entry]:
    """Return entries straight from the driver's rows: thousands are read at once."""
    return list(map(Entry._make, connection.execute(asked).cursor.fetchall()))


def _not_begun(message: str) -> NotBegunError:
    return NotBegunError([Problem((), message)])


def _parsed(url: str) -> sa.URL:
    """Return a URL, of a path too; raises InputError without showing what was given."""
    if "://" not in url:
        return sa.URL.create("sqlite", database=url)
    try:
        found = sa.make_url(url)
    except (ArgumentError, ValueError):
        found = None
    if found is None or "@" in (found.host or ""):
        raise input_error(
            "the URL of the register cannot be read; write it as postgresql://user@host/database,"
            " with %40 for @ in a password"
        )
    backend = found.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return found.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not found.database or found.database == ":memory:":
        raise input_error(
            "the register is a file (register.sqlite, or sqlite:///register.sqlite) or a database"
            " (postgresql://host/database)"
        )
    return sa.URL.create("sqlite", database=found.database)


def _is_file(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _name(url: sa.URL) -> str:
    """Return how the register is called: without user, password or anything else of a URL."""
    return str(url.database) if _is_file(url) else f"postgresql://{url.host or ''}/{url.database}"


def _engine(url: sa.URL) -> sa.Engine:
    if not _is_file(url):
        return sa.create_engine(url, poolclass=sa.NullPool)
    engine = sa.create_engine(
        url, poolclass=sa.NullPool, connect_args={"timeout": WAIT, "isolation_level": None}
    )

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:  # sqlite3 itself would begin too late
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _upgrade(connection: sa.Connection) -> None:
    """Bring the tables to the latest revision, within the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes.update(connection=connection, version_table=VERSION)
    command.upgrade(config, "head")
