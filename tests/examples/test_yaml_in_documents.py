"""Every block of YAML in our documents is true: it loads as what it is.

A block with `format` is a scenario, one with a title and criteria a criteria set; each is kept
under the name written above it. Any other block is a fragment: it is loaded as a file that extends
the scenario of its document, or the first shipped scenario where there is none.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.errors import InputError
from partnerselect.files.documents import parse
from partnerselect.files.source import Source
from tests.examples.test_pages import PAGES

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.relative_to(ROOT).as_posix() not in {*PAGES, "docs/keys.md"}
)
"""All but those whose blocks are run in order, and the page of keys, which tests/tui reads."""
BLOCK = re.compile(r"^```(?P<language>yaml|csv)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:criteria|scenarios)/[a-z0-9-]+\.yaml)`:\s*\Z")


def blocks(document: Path, language: str) -> list[tuple[int, str, str]]:
    """Return the line, the name written above and the text of each block."""
    whole = document.read_text(encoding="utf-8")
    found = [match for match in BLOCK.finditer(whole) if match["language"] == language]
    names = [NAMED.search(whole[: match.start()]) for match in found]
    return [
        (whole.count("\n", 0, match.start()) + 1, name[1] if name else "", match["text"])
        for match, name in zip(found, names, strict=True)
    ]


def keys(text: str) -> frozenset[str]:
    return frozenset(parse(Source(Path("block.yaml"), "block.yaml", text)).data)


def is_whole(text: str) -> bool:
    return "format" in keys(text) or keys(text) == {"title", "criteria"}


CASES = [
    pytest.param(document, line, name, text, id=f"{document.name}:{line}")
    for document in DOCUMENTS
    for line, name, text in blocks(document, "yaml")
]


@pytest.fixture
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a workspace with the shipped files and the named files and tables of the document."""
    document: Path = request.getfixturevalue("document")
    for folder in ("criteria", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for _, name, text in blocks(document, "yaml"):
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    for _, _, text in blocks(document, "csv"):
        (tmp_path / "scenarios" / "scores.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("document", "line", "name", "text"), CASES)
def test_a_block_loads(workspace: Path, document: Path, line: int, name: str, text: str) -> None:
    folder = "criteria" if keys(text) == {"title", "criteria"} else "scenarios"
    path = workspace / (name or f"{folder}/block-{line}.yaml")
    base = next(
        (known for _, known, _ in blocks(document, "yaml") if known.startswith("scenarios/")),
        "scenarios/shsc-2021.yaml",
    )
    extends = "" if is_whole(text) or "extends" in keys(text) else f"extends: {Path(base).name}\n"
    path.write_text(extends + text, encoding="utf-8")
    loaded = files.load_either(path)
    assert isinstance(loaded, files.LoadedCriteria) == (folder == "criteria")


def test_the_error_shown_in_the_format_is_the_error_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = ROOT / "docs" / "scenario-format.md"
    monkeypatch.chdir(tmp_path)
    for _, name, text in blocks(document, "yaml"):
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(
                text.replace("capacity: 60", "capacity: -60").replace(
                    "  budget: 15000", "  bugdet: 15000"
                ),
                encoding="utf-8",
            )
    with pytest.raises(InputError) as caught:
        files.load("scenarios/learning.yaml")
    assert f"```text\n{caught.value}\n```" in document.read_text(encoding="utf-8")
