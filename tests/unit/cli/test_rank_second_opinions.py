"""`rank --second-opinions`: the same keys whether asked or not, and the disagreement in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario

METHODS = ["topsis", "vikor", "promethee-ii", "copras", "weighted-product"]
WIDE = {"worst": 0, "best": 10}


@pytest.fixture
def case(tmp_path: Path) -> str:
    """Two partners whom the sum and the product rank otherwise, and one that offers nothing.

    On another programme all agree.
    """
    criteria = {name: {"title": name, "weight": 1, "scale": WIDE} for name in ("quality", "spread")}
    scores = {
        "uneven": {"quality": 9, "spread": 1},
        "even": {"quality": 5, "spread": 4.9},
        "idle": {"quality": 9, "spread": 9},
    }
    partners = {
        name: {**partner(0), "title": name.title(), "scores": own} for name, own in scores.items()
    }
    partners["idle"]["offers"] = []
    partners["uneven"]["for"] = {"other": {"scores": {"spread": 8}}}
    data = scenario(
        partners,
        {"main": programme(), "other": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
    )
    path = tmp_path / "case.json"
    path.write_text(json.dumps(data))
    return str(path)


def _ranking(case: str, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["rank", case, "--format", "json", *options])
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["ranking"]
    return found


def test_every_row_holds_every_method_when_asked_and_null_when_not(case: str) -> None:
    assert [row["second_opinions"] for row in _ranking(case)] == [None] * 6
    asked = _ranking(case, "--second-opinions")
    assert all(list(row["second_opinions"]) == METHODS for row in asked)
    assert all(
        set(opinion) == {"score", "rank", "reason"}
        for row in asked
        for opinion in row["second_opinions"].values()
    )


def test_scores_are_rounded_and_the_ineligible_have_a_reason_instead(case: str) -> None:
    of = {
        row["partner"]: row["second_opinions"]["weighted-product"]
        for row in _ranking(case, "--second-opinions", "--programme", "main")
    }
    assert of == {
        "uneven": {"score": 0.606092, "rank": 2, "reason": ""},
        "even": {"score": 1.0, "rank": 1, "reason": ""},
        "idle": {"score": None, "rank": None, "reason": "not eligible"},
    }


def test_nothing_else_of_the_ranking_changes(case: str) -> None:
    without, asked = _ranking(case), _ranking(case, "--second-opinions")
    assert [{**row, "second_opinions": None} for row in asked] == without


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_the_table_says_in_words_where_another_method_disagrees(case: str, form: str) -> None:
    printed = CliRunner().invoke(
        main, ["rank", case, "--programme", "main", "--second-opinions", "--format", form]
    )
    assert "would put Even first; on value it is Uneven." in " ".join(printed.stdout.split())
    assert (
        "Weighted product"
        not in CliRunner()
        .invoke(main, ["rank", case, "--programme", "main", "--format", form])
        .stdout
    )


def test_csv_has_three_columns_a_method(case: str) -> None:
    printed = CliRunner().invoke(
        main, ["rank", case, "--second-opinions", "--table", "ranking", "--format", "csv"]
    )
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert [name for name in rows[0] if name.startswith("vikor")] == [
        "vikor.score",
        "vikor.rank",
        "vikor.reason",
    ]
    assert [row["weighted-product.rank"] for row in rows] == ["2", "1", "", "1", "2", ""]
