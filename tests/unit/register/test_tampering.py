"""Whatever is changed in a register behind its back is found, and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest

from partnerselect.decisions import Entry, Head, faults, first_difference
from partnerselect.errors import InputError
from partnerselect.register.opening import open_register, read_export, read_lines
from tests.unit.register.recording import about, decided, opened

NEW = (
    opened(),
    decided({"culture": {"culture": "aqua"}}),
    about("offered", 2, partner="aqua"),
    about("accepted", 2, partner="aqua"),
)
LAST = len(NEW)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "register.sqlite"
    open_register(str(path), begin=True).record(*NEW)
    return path


def changed(whole: Path, copy: Path, *statements: tuple[str, tuple[object, ...]]) -> list[str]:
    """Return what is found wrong with a copy in which statements were carried out."""
    copy.write_bytes(whole.read_bytes())
    with sqlite3.connect(copy) as connection:
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()
    return open_register(str(copy), verified=False).faults


def mutations(text: str) -> Iterator[str]:
    """Yield a text with each of its characters changed, left out and doubled."""
    for n, character in enumerate(text):
        for other in (chr(ord(character) ^ 1), "", character * 2):
            if text[:n] + other + text[n + 1 :] != text:
                yield text[:n] + other + text[n + 1 :]


def test_a_change_of_any_character_of_any_column_is_named(whole: Path) -> None:
    register = open_register(str(whole))
    tried = 0
    for entry in register.entries:
        for column in Entry._fields[1:]:
            for mutation in mutations(getattr(entry, column)):
                chain = list(register.entries)
                chain[entry.number - 1] = Entry(**{**entry._asdict(), column: mutation})
                assert _named(chain, register.head, entry.number), (entry.number, column, mutation)
                tried += 1
    assert tried > 1500


def _named(chain: list[Entry], head: Head, number: int) -> bool:
    return any(f"entry {number} " in told for told in faults(chain, head))


@pytest.mark.parametrize("number", range(1, LAST + 1))
@pytest.mark.parametrize(
    ("column", "value"),
    [
        (column, value)
        for column, value in product(Entry._fields, ["", "x", b"\x00", 7, -1])
        if column != "number" or isinstance(value, int)  # SQLite itself refuses the others
    ],
)
def test_a_change_in_the_file_is_named(
    whole: Path, tmp_path: Path, number: int, column: str, value: object
) -> None:
    told = changed(
        whole,
        tmp_path / "copy",
        (f"UPDATE partnerselect_entry SET {column} = ? WHERE number = ?", (value, number)),  # noqa: S608 - our own names
    )
    assert any(f"entry {number} " in one or f"entry {number}," in one for one in told), told
    with pytest.raises(InputError, match="was changed from outside"):
        open_register(str(tmp_path / "copy"))


@pytest.mark.parametrize("column", Entry._fields[1:])
def test_a_byte_that_is_no_text_is_named(whole: Path, tmp_path: Path, column: str) -> None:
    statement = f"UPDATE partnerselect_entry SET {column} = CAST(x'ff41' AS TEXT) WHERE number = 2"  # noqa: S608 - as above
    assert "entry 2 is not as it was recorded" in changed(whole, tmp_path / "copy", (statement, ()))


@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_a_removed_row_is_named(whole: Path, tmp_path: Path, number: int) -> None:
    remove = ("DELETE FROM partnerselect_entry WHERE number = ?", (number,))
    assert f"entry {number}" in " ".join(changed(whole, tmp_path / "copy", remove))


@pytest.mark.parametrize(("one", "other"), combinations(range(1, LAST + 1), 2))
def test_a_swapped_order_is_named(whole: Path, tmp_path: Path, one: int, other: int) -> None:
    number = "UPDATE partnerselect_entry SET number = ? WHERE number = ?"
    swap = [(number, (99, one)), (number, (one, other)), (number, (other, 99))]
    told = " ".join(changed(whole, tmp_path / "copy", *swap))
    assert f"entry {one} " in told
    assert f"entry {other} " in told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partnerselect_head SET number = 2",
        "UPDATE partnerselect_head SET sha256 = 'x'",
        "DELETE FROM partnerselect_head",
        "INSERT INTO partnerselect_head VALUES (2, 4, 'x')",
        "INSERT INTO partnerselect_entry VALUES (5, 'opened', '', '{}', '', '')",
        "INSERT INTO partnerselect_entry VALUES (0, 'opened', '', '{}', '', '')",
        "DELETE FROM partnerselect_entry",
    ],
)
def test_a_head_that_is_not_the_last_entry_is_named(
    whole: Path, tmp_path: Path, statement: str
) -> None:
    assert changed(whole, tmp_path / "copy", (statement, ()))


def rehashed(entries: list[Entry], first: int) -> list[Entry]:
    """Return a chain of which an entry is another, and all that follow are hashed anew."""
    chain = entries[: first - 1]
    for entry in entries[first - 1 :]:
        said = {**entry.content, "date": "2020-01-01"}
        chain.append(Entry.follow(Head.of(chain), entry.kind, entry.time, said))
    return chain


@pytest.mark.parametrize("first", range(1, LAST + 1))
def test_a_tail_hashed_anew_is_found_by_the_head_and_by_an_export(
    whole: Path, tmp_path: Path, first: int
) -> None:
    register = open_register(str(whole))
    chain = rehashed(register.entries, first)
    rows = [
        (
            "REPLACE INTO partnerselect_entry VALUES (?, ?, ?, ?, ?, ?)",
            entry,
        )
        for entry in chain[first - 1 :]
    ]
    (told,) = changed(whole, tmp_path / "copy", *rows)
    assert told.startswith(f"the last entry should be entry {LAST}, {register.head.sha256[:12]}")
    head = ("UPDATE partnerselect_head SET sha256 = ?", (chain[-1].sha256,))
    assert not changed(whole, tmp_path / "copy", *rows, head)  # consistent in itself, and yet:
    forged = open_register(str(tmp_path / "copy")).entries
    exported = read_lines(register.lines(), "export")
    assert first_difference(exported, forged) == first


def test_an_export_that_was_changed_is_refused_by_line(whole: Path) -> None:
    lines = list(open_register(str(whole)).lines())
    with pytest.raises(InputError, match="entry 2 is not as it was recorded"):
        read_lines([lines[0], lines[1].replace("aqua", "acme"), *lines[2:]], "export")
    with pytest.raises(InputError, match="entry 2 stands where entry 1 should"):
        read_lines(lines[1:], "export")
    for line in ("", "[]", "7", '{"content": {}}', lines[1][:-9]):
        with pytest.raises(InputError, match="export:2: is no entry of a register"):
            read_lines([lines[0], line], "export")


def test_an_export_that_is_cut_empty_or_no_json_is_refused(whole: Path, tmp_path: Path) -> None:
    lines = "".join(open_register(str(whole)).lines())
    export = tmp_path / "export.jsonl"
    for text, words in (
        ("", "is empty"),
        (lines[:-20], f"export.jsonl:{LAST}: is no entry"),
        ("[" * 100_000 + "\n", "export.jsonl:1: is no entry of a register .nested too deep"),
    ):
        export.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            read_export(export)
    export.write_text(lines[:-1], encoding="utf-8")
    assert len(read_export(export)) == LAST  # the end of the last line is no part of it


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("opened", {"questions": 5}, "says questions"),
        ("opened", {"names": 5}, "says names"),
        ("opened", {"date": 5}, "says date"),
        ("decided", {"choices": [{"programme": "culture"}]}, "also says choices.0.title"),
        ("decided", {"choices": 7}, "says choices"),
        ("declared", {"role": 1}, "says role"),
        ("frozen", {"weights": "heavy"}, "says weights"),
        ("accepted", {"of": 1}, "about none before it"),
        ("zzz", {}, "no kind of entry called zzz"),
    ],
)
def test_what_is_hashed_well_and_is_no_entry_is_refused(
    tmp_path: Path, kind: str, changes: dict[str, object], words: str
) -> None:
    known: dict[str, dict[str, object]] = {
        "opened": {**opened()[1]},
        "decided": {**decided({"culture": {}})[1]},
        "accepted": {**about("accepted", 1, partner="aqua")[1]},
        "declared": dict.fromkeys(
            ("scenario", "role", "partner", "interest", "managed", "date"), ""
        ),
        "frozen": {"scenario": "", "criteria": {}, "weights": {}, "date": ""},
        "zzz": {},
    }
    forged = Entry.follow(Head(), kind, "now", {**known[kind], **changes})
    with pytest.raises(InputError, match=f"export:1: is no entry of a register .*{words}"):
        read_lines([forged.line], "export")
    path = str(tmp_path / "register.sqlite")
    register = open_register(path, begin=True)
    with register._writing() as connection:
        register._add(connection, [forged])
    (kept,) = open_register(path).entries
    with pytest.raises(InputError, match=f"entry 1 was not written by us: .*{words}"):
        _ = kept.content
