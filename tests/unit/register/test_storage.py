"""What was recorded is kept, in order and whole, whatever happens; in both kinds of database."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from partnerselect.decisions import set_back
from partnerselect.errors import InputError
from partnerselect.register import clock
from partnerselect.register.opening import open_register, read_lines
from tests.unit.register.recording import about, decided, opened

ROOT = Path(__file__).parents[3]
TEXT = "£ 🙂 \u0000 \u2028 “quoted” \\ ' % :name"


def run(*words: str) -> None:
    command = [sys.executable, "-m", "tests.unit.register.recording", *words]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]


def test_what_was_recorded_is_read_again(url: str) -> None:
    register = open_register(url, begin=True)
    made = register.record(opened(body=TEXT), decided({"culture": {"culture": "aqua"}}))
    again = open_register(url)
    assert again.entries == made
    assert again.entries[0].content["body"] == TEXT
    assert again.head == register.head


def test_all_or_nothing_is_recorded(url: str) -> None:
    register = open_register(url, begin=True)
    with pytest.raises(InputError, match="there is no entry 7"):
        register.record(opened(), about("accepted", 7, partner="aqua"))
    assert register.entries == open_register(url).entries == []


def test_two_who_opened_before_either_recorded_make_one_chain(url: str) -> None:
    first, second = open_register(url, begin=True), open_register(url)
    first.record(opened())
    second.record(opened(), opened())
    first.record(opened())
    assert [entry.number for entry in open_register(url).entries] == [1, 2, 3, 4]


def test_ten_processes_at_once_lose_nothing_and_make_one_chain(url: str) -> None:
    run(url, "10", "3")


def test_a_kill_at_any_statement_leaves_what_was_confirmed(url: str) -> None:
    run(url, "step")


def test_a_kill_at_any_moment_leaves_what_was_confirmed(url: str) -> None:
    run(url, "kill", "8")


@pytest.mark.long
def test_five_hundred_kills_leave_what_was_confirmed(url: str) -> None:
    run(url, "kill", "500")


def test_an_export_goes_from_one_kind_to_the_other_without_loss(tmp_path: Path, url: str) -> None:
    register = open_register(url, begin=True)
    register.record(opened(body=TEXT), decided({"culture": {"culture": "aqua"}}))
    lines = list(register.lines())
    other = open_register(str(tmp_path / "other.sqlite"), begin=True)
    assert other.take(read_lines(lines, "export")) == 2
    register.record(opened())
    assert other.take(read_lines(register.lines(), "export")) == 1
    assert list(open_register(str(other.path)).lines()) == list(register.lines())
    other.record(opened())
    register.record(opened(body="Another"))
    with pytest.raises(InputError, match="part at entry 4"):
        other.take(read_lines(register.lines(), "export"))


def test_a_clock_set_back_keeps_the_order_and_is_said(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = open_register(url, begin=True)
    for hour in (9, 8, 10):
        time = dt.datetime(2021, 7, 28, hour, tzinfo=dt.UTC)
        monkeypatch.setattr(clock, "now", lambda time=time: time)
        register.record(opened(body=str(hour)))
    kept = open_register(url).entries
    assert [entry.content["body"] for entry in kept] == ["9", "8", "10"]
    assert [entry.time[11:13] for entry in kept] == ["09", "08", "10"]
    assert set_back(kept) == [2]


def test_others_tables_in_the_database_are_left_as_they_are(url: str) -> None:
    if "://" not in url:
        pytest.skip("in SQLite a register has a file of its own")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE entry (number int)")
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num text)")
    open_register(url, begin=True).record(opened())
    assert {"entry", "partnerselect_entry"} <= set(sa.inspect(engine).get_table_names())
    engine.dispose()
