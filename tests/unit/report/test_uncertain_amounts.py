"""Paper and workbook tell a board what the plan may come to, in the sentence that `rank` prints."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from partnerselect.analysis import analyse, analyse_unpriced
from partnerselect.cli import main
from partnerselect.files import load
from partnerselect.model import Scenario
from partnerselect.report import Material, markdown
from partnerselect.rows import amount_rows, amount_sentences
from partnerselect.words import share
from tests.oracle.plain import partner, programme, scenario

TENDER = Path(__file__).parents[3] / "scenarios" / "tender.yaml"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # of openpyxl
def test_the_paper_and_the_workbook_say_how_often_the_budget_is_passed(tmp_path: Path) -> None:
    paper, book = tmp_path / "paper.md", tmp_path / "book.xlsx"
    command = ["paper", str(TENDER), "--full", "--samples", "500", "--time-limit", "300"]
    result = CliRunner().invoke(main, [*command, "--out", str(paper), "--out", str(book)])
    assert result.exit_code == 0, result.stderr
    analysis = analyse_unpriced(load(TENDER).scenario.with_change("analysis.samples", 500))
    (told,), (row,) = amount_sentences(analysis), amount_rows(analysis)
    text = " ".join(paper.read_text(encoding="utf-8").split())
    assert f"**Money and days:** {told}" in text
    cells = ("Our budget", row["limit"], row["likely"], row["p80"], share(row["over_share"]))
    assert f"| {' | '.join(cells)} |" in text
    sheet = openpyxl.load_workbook(book)["Money and days"]
    found = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {"Our budget", row["likely"], row["p80"]} <= found
    assert any(told in one for one in found)


def test_no_table_of_nothing_stands_where_nobody_chosen_has_a_range() -> None:
    dear = partner(20, cost={"per-day": {"low": 1, "likely": 2, "high": 9}})
    partners = {"ash": partner(80, cost={"per-day": 3}), "dear": dear}
    case = scenario(partners, {"a": programme()}, analysis={"samples": 100})
    said = markdown(Material(analyse(Scenario.from_data(case))).paper)
    assert "What it may come to" not in said
    assert "None." not in said
