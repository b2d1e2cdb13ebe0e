"""`paper`: written whole or not at all, over nothing that was there, and told what is wrong before anything is worked out."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partnerselect.cli import main
from partnerselect.report import formats

SCENARIO = str(Path(__file__).parents[3] / "scenarios/aid-agency.yaml")
WORKING = "Working out Delivery partners after a flood …\n"
MUST = """
extends: {}
programmes: {{safe-water: {{mandatory: true}}}}
limits: {{budget: 0}}
"""


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["paper", *arguments, "--samples", "200"])


def test_a_paper_is_written_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "paper.md"
    result = invoke(SCENARIO, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{WORKING}Written: {out}\n"
    assert out.read_text(encoding="utf-8").startswith("# Delivery partners after a flood\n")
    assert list(tmp_path.iterdir()) == [out]


def test_every_file_asked_for_is_written(tmp_path: Path) -> None:
    first, second = tmp_path / "paper.md", tmp_path / "paper.xlsx"
    result = invoke(SCENARIO, "--out", str(first), "--out", str(second))
    assert result.exit_code == 0
    assert result.stderr == f"{WORKING}Written: {first}\nWritten: {second}\n"
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_appendices_are_a_file_of_their_own_to_which_the_paper_refers_by_number(
    tmp_path: Path,
) -> None:
    paper, more, whole = (tmp_path / f"{name}.md" for name in ("paper", "appendices", "whole"))
    assert invoke(SCENARIO, "--out", str(paper), "--appendices", str(more)).exit_code == 0
    assert invoke(SCENARIO, "--out", str(whole), "--full").exit_code == 0
    texts = {path: path.read_text(encoding="utf-8") for path in (paper, more, whole)}
    assert "## Appendix" not in texts[paper]
    referred = {int(n) for n in re.findall(r"appendix (\d+)", texts[paper])}
    assert referred
    for path in (more, whole):
        found = [int(n) for n in re.findall(r"^## Appendix (\d+)", texts[path], re.MULTILINE)]
        assert found == list(range(1, len(found) + 1))
        assert referred <= set(found)
    assert "Key points" in texts[whole]
    assert "Key points" not in texts[more]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--out FILE, --appendices FILE, or both"),
        (("--appendices", "a.xlsx"), "appendices are written to .md, .html or .docx"),
        (("--out", "a.md", "--appendices", "a.md"), "cannot be both"),
    ],
)
def test_files_that_make_no_sense_are_told(arguments: tuple[str, ...], words: str) -> None:
    result = invoke(SCENARIO, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right of its own there")
def test_a_link_into_a_folder_that_is_not_there_is_told_before_anything_is_worked_out(
    tmp_path: Path,
) -> None:
    out, gone = tmp_path / "paper.md", tmp_path / "gone"
    out.symlink_to(gone / "paper.md")
    refused = invoke(SCENARIO, "--out", str(out))
    assert refused.exit_code == 2
    assert refused.stderr.strip() == f"{out} cannot be written: there is no folder {gone}"
    gone.mkdir()
    assert invoke(SCENARIO, "--out", str(out)).exit_code == 0
    assert (gone / "paper.md").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right of its own there")
def test_a_link_that_leads_to_itself_is_refused_and_stays(tmp_path: Path) -> None:
    out = tmp_path / "paper.md"
    out.symlink_to("paper.md")
    refused = invoke(SCENARIO, "--out", str(out), "--force")
    assert refused.exit_code == 2
    assert refused.stderr.strip() == f"{out} cannot be written: it is a link that leads to itself"
    assert out.is_symlink()


def test_nothing_is_replaced_unless_it_is_forced(tmp_path: Path) -> None:
    out = tmp_path / "paper.md"
    out.write_text("mine", encoding="utf-8")
    refused = invoke(SCENARIO, "--out", str(out))
    assert refused.exit_code == 2
    assert "exists already and is left as it is" in refused.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    assert invoke(SCENARIO, "--out", str(out), "--force").exit_code == 0
    assert out.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("paper.pdf", "ends in .md"),
        ("paper", "ends in .md"),
        ("no/folder.md", "there is no folder"),
        (".", "ends in"),
    ],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_read(
    tmp_path: Path, name: str, words: str
) -> None:
    result = invoke("no-such-scenario.yaml", "--out", str(tmp_path / name))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "no-such-scenario" not in result.stderr


def test_a_library_that_is_missing_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        formats.PAPER_FORMATS, ".md", formats.Format("Markdown", "not_installed.at_all:paper")
    )
    result = invoke(SCENARIO, "--out", str(tmp_path / "paper.md"))
    assert result.exit_code == 2
    assert 'not_installed, which is not installed: type `pip install ".[paper]"`' in result.stderr


def test_without_an_answer_the_paper_says_so_and_so_does_the_exit_code(tmp_path: Path) -> None:
    scenario, out = tmp_path / "must.yaml", tmp_path / "paper.md"
    scenario.write_text(MUST.format(SCENARIO), encoding="utf-8")
    result = invoke(str(scenario), "--root", "/", "--out", str(out))
    assert result.exit_code == 3, result.stderr
    text = out.read_text(encoding="utf-8")
    assert "No recommendation" in text
    assert re.search(r"Our budget: [^\n]*0, where CHF [\d,]+ would be enough\.", text)
    assert "limits.budget is" not in text.casefold()


def test_a_paper_has_every_form_that_is_promised() -> None:
    assert {".md", ".html", ".xlsx"} <= formats.PAPER_FORMATS.keys()


def test_a_paper_with_the_aim_least_cost_says_what_it_is_the_cheapest_of(tmp_path: Path) -> None:
    case = tmp_path / "cheap.yaml"
    case.write_text(
        f"extends: {SCENARIO}\naim: {{least-cost: {{value-at-least: 40}}}}\n", encoding="utf-8"
    )
    out = tmp_path / "paper.md"
    assert (
        invoke(str(case), "--out", str(out), "--root", str(Path(SCENARIO).parents[1])).exit_code
        == 0
    )
    assert "No choice worth 40 points or more costs us less." in out.read_text(encoding="utf-8")
