"""Nothing that people write can steer, break or be obeyed by anything it is printed in.

Every output there is has its line here; a new one that has none fails.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from partnerselect.cli import COMMANDS, main
from partnerselect.cli.output import FORMATS
from partnerselect.report.formats import PAPER_FORMATS
from tests import hostile
from tests.oracle.scores import Data

PROGRAMME, PARTNER = "safe-water", "river-league"
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported")  # of openpyxl
TABLES = {
    "rank": ("rank", "PATH", "--second-opinions"),
    "explain": ("explain", "PATH", PROGRAMME),
    "robustness": ("robustness", "PATH"),
    "frontier": ("frontier", "PATH"),
    "judge": ("judge", "PATH"),
    "alternatives": ("alternatives", "PATH", "--within", "50"),
    "check": ("check", "PATH", "--allow-warnings"),
    "compare": ("compare", "PATH", "OTHER"),
}
"""The commands that print tables, in every format."""
REGISTERED = (
    ("freeze", "PATH"),
    (
        "declare",
        "PATH",
        hostile.BODY,
        PARTNER,
        "--interest",
        hostile.BODY,
        "--managed",
        hostile.BODY,
    ),
    ("decide", "PATH", "--body", hostile.BODY, "--role", hostile.BODY, "--condition", hostile.BODY),
    ("decision", "offer", "4", PARTNER),
    ("review", "4", "--result", "sustained", "--ours", hostile.BODY, "--theirs", hostile.BODY),
    ("decision", "show", "4"),
    ("history",),
    ("due", "--by", "2100-01-01"),
    ("register", "verify"),
)
"""What is recorded in an empty register, one after the other, and shown."""
ELSEWHERE = {
    "outcome": "prints as `review` does; its measures are those of the paper",
    "init": "copies our own files",
    "schema": "prints our own file",
    "tui": "tests/tui/test_literal_screens.py",
    "batch": "below, file by file",
    "paper": "below, edition by edition",
    "workbook": "below, as it is filled in",
    "convert": "below, as a workbook",
}
HARMLESS: dict[str, Callable[[str, str], None]] = {
    "table": hostile.assert_steers_nothing,
    "json": hostile.assert_steers_nothing,
    "jsonl": hostile.assert_steers_nothing,
    "csv": hostile.assert_csv_is_harmless,
    "markdown": hostile.assert_markdown_is_harmless,
}


@pytest.fixture(scope="session")
def data() -> Data:
    return hostile.scenario()


@pytest.fixture(scope="session")
def paths(data: Data, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("hostile")
    other = {**data, "title": f"{data['title']} again", "limits": {}}
    swept = {**data, "sweep": {"gates.door.status": ["confirmed", "refused", hostile.BODY]}}
    found = {}
    for word, written in (("PATH", data), ("OTHER", other), ("SWEPT", swept)):
        file = folder / f"{word.lower()}.yaml"
        file.write_text(json.dumps(written), encoding="utf-8")
        found[word] = str(file)
    return found


def invoke(paths: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [paths.get(word, word) for word in arguments])
    hostile.assert_steers_nothing(result.stderr, f"the messages of {arguments[0]}")
    return result.exit_code, result.stdout, result.stderr


def test_every_command_and_format_is_walked_here() -> None:
    recorded = {words[0] for words in REGISTERED}
    assert set(COMMANDS) == TABLES.keys() | recorded | ELSEWHERE.keys()
    assert set(FORMATS) == HARMLESS.keys()
    assert set(PAPER_FORMATS) == PAPERS.keys()


def test_whatever_may_be_any_text_is_hostile(data: Data) -> None:
    text = json.dumps(data, ensure_ascii=False)
    assert text.count("alert(1)") > 100
    for kind in ("partners", "programmes", "gates", "stakeholders"):
        assert all("alert(1)" in one["title"] for one in data[kind].values())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", TABLES)
def test_every_table_is_harmless(command: str, form: str, paths: dict[str, str]) -> None:
    code, printed, told = invoke(paths, *TABLES[command], "--format", form)
    assert code == 0, told
    HARMLESS[form](printed, f"{command} --format {form}")
    assert "alert" in printed or form == "csv"


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_recorded_is_harmless(form: str, paths: dict[str, str], tmp_path: Path) -> None:
    for words in REGISTERED:
        register = ("--register", str(tmp_path / "register.sqlite"))
        shown = form if words[0] in {"history", "due"} or form != "csv" else "table"
        code, printed, told = invoke(paths, *words, *register, "--format", shown)
        assert code == 0, told
        if printed:
            HARMLESS[shown](printed, f"{words[0]} --format {shown}")


@pytest.mark.parametrize("command", ["workbook", "convert"])
def test_a_workbook_to_fill_in_is_harmless(
    command: str, paths: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "filled.xlsx"
    code, _, told = invoke(paths, command, "PATH", "--out", str(file))
    assert code == 0, told
    workbook(file.read_bytes())


def test_json_gives_back_what_was_written(data: Data, paths: dict[str, str]) -> None:
    report = json.loads(invoke(paths, "rank", "PATH", "--format", "json")[1])
    assert report["scenario"]["title"] == data["title"]


def test_every_message_is_harmless(data: Data, tmp_path: Path) -> None:
    faults: dict[str, Data] = {
        "unknown key": {hostile.BODY: 1},
        "no date": {"as-at": hostile.BODY},
        "no currency": {"currency": hostile.BODY},
        "no answer": {"limits": {"budget": 0}, "programmes": _mandatory(data)},
    }
    for name, changed in faults.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(json.dumps({**data, **changed}), encoding="utf-8")
        code, _, told = invoke({}, "rank", str(path), "--samples", "0")
        assert code in {2, 3}, name
        assert "script" in told or name == "no answer", name


def _mandatory(data: Data) -> Data:
    return {name: {**one, "mandatory": True} for name, one in data["programmes"].items()}


def word(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels", ".svg")):
                hostile.assert_xml_is_harmless(parts.read(name), name)


def workbook(content: bytes) -> None:
    word(content)
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            obeyed = cell.data_type == "f" and re.search(r"alert|SUM\(1\)", str(cell.value))
            assert not obeyed, f"{sheet.title}!{cell.coordinate}"
            hostile.assert_steers_nothing(str(cell.value), f"{sheet.title}!{cell.coordinate}")


PAPERS: dict[str, Callable[[bytes], None]] = {
    ".md": lambda content: hostile.assert_markdown_is_harmless(content.decode(), "paper.md"),
    ".html": lambda content: hostile.assert_html_is_harmless(content.decode(), "paper.html"),
    ".docx": word,
    ".xlsx": workbook,
}


@pytest.mark.parametrize("suffix", PAPERS)
def test_every_paper_is_harmless(suffix: str, paths: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / f"paper{suffix}"
    code, _, told = invoke(paths, "paper", "PATH", "--out", str(out), "--full")
    assert code == 0, told
    PAPERS[suffix](out.read_bytes())


BATCH: dict[str, Callable[[bytes], None]] = {
    "csv": lambda content: hostile.assert_csv_is_harmless(content.decode(), "a table of batch"),
    "md": PAPERS[".md"],
    "html": PAPERS[".html"],
    "xlsx": workbook,
    "json": lambda content: hostile.assert_steers_nothing(content.decode(), "manifest.json"),
}


def test_every_file_of_a_batch_is_harmless(paths: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, _, told = invoke(paths, "batch", "SWEPT", "--out", str(out), "--workers", "1")
    assert code == 1, told
    for file in out.iterdir():
        BATCH[file.suffix[1:]](file.read_bytes())


def test_a_comparison_of_batches_is_harmless(paths: dict[str, str], tmp_path: Path) -> None:
    for name, path in (("one", "PATH"), ("two", "SWEPT")):
        out = str(tmp_path / name)
        invoke(paths, "batch", path, "--out", out, "--workers", "1")
    for form, harmless in HARMLESS.items():
        folders = [str(tmp_path / name) for name in ("one", "two")]
        code, printed, _ = invoke(paths, "compare", *folders, "--format", form)
        assert code == 0
        harmless(printed, f"compare of folders --format {form}")
