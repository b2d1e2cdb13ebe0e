"""Every command tells what a file allows but probably does not mean (rows A3, A15)."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from partnerselect.cli import main

BASE = """\
format: 1
title: A grant
criteria: {title: c, criteria: {value: {title: V, weight: 1, scale: {worst: 0, best: 10}}}}
partners:
  a:
    title: A
    offers: [x]
    cost: {per-day: 100}
    scores: {value: 9}
    funding: {payer: state, covers: 40%}
  d: {title: D, offers: [x], scores: {value: 5}}
programmes:
  p: {title: P, needs: {x: 20}}
limits: {budget: 10000, funds: {stat: 1000}}
analysis: {samples: 0}
"""


@pytest.fixture
def grant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE)
    Path("grant.yaml").write_text("extends: base.yaml\npartners: {b: null}\n")
    return "grant.yaml"


@pytest.mark.parametrize(
    "command",
    [
        ["rank"],
        ["explain", "GRANT", "p"],
        ["robustness"],
        ["frontier"],
        ["compare", "GRANT", "base.yaml"],
        ["paper", "GRANT", "--out", "paper.md"],
        ["batch", "GRANT", "--out", "results"],
    ],
    ids=lambda command: command[0],
)
def test_a_fund_for_a_payer_nobody_names_is_told(grant: str, command: list[str]) -> None:
    words = [grant if word == "GRANT" else word for word in command]
    result = CliRunner().invoke(main, [*words, *([grant] if len(words) == 1 else [])])
    assert result.exit_code == 0
    assert (
        "base.yaml:14:33 limits.funds.stat: warning: limits nothing: no partner is funded by"
        ' "stat"; did you mean "state"?'
    ) in result.stderr
    assert 'base.yaml:10:22 partners.a.funding.payer: warning: there is no fund "state"' in (
        result.stderr
    )
    assert 'grant.yaml:2:12 partners.b: warning: null deletes nothing here: there is no "b"' in (
        result.stderr
    )


def test_topping_up_what_has_no_limit_is_told(grant: str) -> None:
    Path("base.yaml").write_text(
        BASE.replace("covers: 40%", "covers: 40%, top-up: us").replace("stat:", "else:")
    )
    result = CliRunner().invoke(main, ["rank", grant])
    assert (
        'base.yaml:10:50 partners.a.funding.top-up: warning: has no effect: "state" has no fund, so'
        " what it pays has no limit"
    ) in result.stderr


def test_check_lists_it_among_its_warnings(grant: str) -> None:
    result = CliRunner().invoke(main, ["check", grant, "--format", "csv"])
    assert result.exit_code == 1
    assert 'grant.yaml,warning,grant.yaml:2:12,partners.b,"Null deletes nothing' in result.stdout
    assert 'base.yaml:14:39,limits.funds.stat,"Limits nothing' in result.stdout


def test_check_names_the_sheet_that_is_hidden_and_says_warnings_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE)
    CliRunner().invoke(main, ["convert", "base.yaml", "--out", "base.xlsx"])
    book = openpyxl.load_workbook("base.xlsx")
    book["Limits"].sheet_state = "hidden"
    book.save("base.xlsx")
    found = json.loads(CliRunner().invoke(main, ["check", "base.xlsx", "--format", "json"]).stdout)
    assert [row["place"] for row in found if "hidden" in row["message"]] == ["base.xlsx!Limits"]
    severities = [row["severity"] for row in found]
    assert severities == sorted(severities, reverse=True)
    assert severities[-1] == "note"


def test_what_a_payer_covers_must_be_written(grant: str) -> None:
    Path("base.yaml").write_text(BASE.replace(", covers: 40%", ""))
    result = CliRunner().invoke(main, ["rank", grant])
    assert result.exit_code == 2
    assert 'base.yaml:10:14 partners.a.funding.covers: is missing; write "covers: 100%"' in (
        result.stderr
    )


def test_an_old_word_is_told_in_one_line_and_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    price = "price: {title: P, weight: 1, from: trust-cost, scale: {worst: 9000, best: 0}}"
    Path("old.yaml").write_text(BASE.replace("best: 10}}}}", f"best: 10}}}}, {price}}}}}"))
    line = '"trust-cost" still reads; its new name is own-cost'
    for command in ("rank", "check"):
        result = CliRunner().invoke(main, [command, "old.yaml"])
        (told,) = [one for one in result.stderr.splitlines() if "trust-cost" in one]
        assert told.startswith("old.yaml:3:")
        assert told.endswith(line)
        assert "trust-cost" not in result.stdout


def test_a_title_that_a_number_sign_cuts_is_told_with_its_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lot.yaml").write_text(BASE.replace("title: A grant", "title: Lot #3 of 4"))
    result = CliRunner().invoke(main, ["rank", "lot.yaml"])
    assert result.exit_code == 0
    assert (
        'lot.yaml:2:8 title: warning: the text ends before "#3 of 4", which is a comment; put all'
        " of it in quotes if it belongs to the text, else write a space after #"
    ) in result.stderr


@pytest.mark.parametrize(
    "title", ["title: Lot 3 # of 4", "title: Lot 3  # four in all", 'title: "Lot #3 of 4"']
)
def test_a_comment_and_a_quoted_number_sign_are_no_cause_for_a_warning(
    title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lot.yaml").write_text(BASE.replace("title: A grant", title))
    result = CliRunner().invoke(main, ["rank", "lot.yaml"])
    assert "which is a comment" not in result.stderr


def test_a_point_that_probably_parts_thousands_is_told_with_what_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lot.yaml").write_text(BASE.replace("budget: 10000", "budget: 62.500"))
    told = CliRunner().invoke(main, ["rank", "lot.yaml"]).stderr
    assert "limits.budget: warning: 62.500 counts 62.5; write 62500 where thousands are" in told


@pytest.mark.parametrize("budget", ["62.5", "62.55", "62.505", "0.500", "62500.000", '"62.500"'])
def test_a_plain_decimal_fraction_is_no_cause_for_a_warning(
    budget: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lot.yaml").write_text(BASE.replace("budget: 10000", f"budget: {budget}"))
    assert "where thousands" not in CliRunner().invoke(main, ["rank", "lot.yaml"]).stderr


def test_where_a_finding_is_about_two_files_both_are_named_in_a_sentence(grant: str) -> None:
    """The weights of `order.yaml`, to which the file that extends it adds a variant."""
    Path("order.yaml").write_text(
        "extends: base.yaml\n"
        "criteria:\n"
        "  weights: {method: rank, order: [value, price]}\n"
        "  criteria:\n"
        "    value: {weight: null}\n"
        "    price: {title: Price, from: cost, scale: {worst: 9000, best: 0}}\n"
    )
    Path(grant).write_text("extends: order.yaml\ncriteria: {weights: {variant: sum}}\n")
    assert (
        "which does not ask between which two scores. Put together from grant.yaml:2:12 over"
        " order.yaml:3:3 (null drops a key). Ask by swing: "
    ) in CliRunner().invoke(main, ["check", grant]).stdout
