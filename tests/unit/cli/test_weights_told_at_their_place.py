"""What is wrong with weights, each at its file, line and column.

And judgements that contradict one another.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partnerselect.cli import main
from tests.unit.cli.conftest import Written

HEAD = """\
format: 1
title: A small choice
criteria:
  title: What matters
  criteria:
    care: {title: Care, scale: {worst: 0, best: 10}}
    price: {title: Price, scale: {worst: 0, best: 10}}
    trust: {title: Trust, scale: {worst: 0, best: 10}}
"""
TAIL = """
partners:
  one: {title: One, offers: [work], scores: {care: 5, price: 5, trust: 5}}
  two: {title: Two, offers: [work], scores: {care: 3, price: 8, trust: 5}}
programmes:
  main: {title: Main, needs: {work: 10}}
"""
ENDS = "weights:\n  method: best-worst\n  best: care\n  worst: trust\n"
FIRST_LINE = 1 + len(HEAD.splitlines())


def _weighed(block: str) -> str:
    indented = "".join(f"  {line}\n" for line in block.splitlines())
    return HEAD + indented + TAIL


def _run(command: str, path: str, *options: str) -> Result:
    return CliRunner().invoke(main, [command, path, *options])


@pytest.mark.parametrize(
    ("block", "line", "column", "words"),
    [
        ("weights: {method: direct, points: {care: 0, price: 0, trust: 0}}", 0, 37, "are all 0"),
        ("weights: {method: rank, order: [care, price]}", 0, 34, "leaves out trust"),
        (
            "weights: {method: rank, order: [care, price, trust, care]}",
            0,
            34,
            "names care more than once",
        ),
        (
            "weights: {method: rank, order: [care, [price, reach]]}",
            0,
            None,
            '"reach" is not one of the criteria',
        ),
        (
            (
                "weights:\n  method: pairwise\n  judgements:\n    care over price: 3\n    price"
                " over trust: 2\n    price over care: 3"
            ),
            5,
            24,
            "is given twice",
        ),
        (
            "weights:\n  method: pairwise\n  judgements: {care over price: 3}",
            2,
            None,
            "leaves out trust",
        ),
        (
            (
                f"{ENDS}  best-to-others:\n    price: 0.5\n    trust: 4\n  others-to-worst: {{care:"
                " 4, price: 2}"
            ),
            5,
            14,
            'matters more than "care", which is no longer the best',
        ),
        (
            (
                f"{ENDS}  best-to-others: {{price: 2, trust: 4}}\n  others-to-worst:\n    care: 5\n"
                "    price: 2"
            ),
            6,
            13,
            "is given twice with different values: 5 here, 4",
        ),
    ],
)
@pytest.mark.parametrize("command", ["check", "rank"])
def test_weights_that_cannot_be_used_are_an_error_at_their_place(
    written: Written, command: str, block: str, line: int, column: int | None, words: str
) -> None:
    result = _run(command, written(_weighed(block)))
    assert result.exit_code == 2
    told = next(line for line in result.stderr.splitlines() if words in line)
    assert f"case.yaml:{FIRST_LINE + line}:{'' if column is None else f'{column} '}" in told


@pytest.mark.parametrize("command", ["check", "rank"])
def test_a_groups_judgements_are_read_even_where_its_voice_is_not_asked(
    written: Written, command: str
) -> None:
    board = (
        "stakeholders:\n  board:\n    title: Board\n    weights:\n      method: pairwise\n     "
        " judgements:\n        care over price: 3\n"
    )
    board += "        price over trust: 2\n        price over care: 3\n"
    text = _weighed("weights: {method: direct, points: {care: 1, price: 1, trust: 1}}") + board
    result = _run(command, written(text))
    assert result.exit_code == 2
    place = text.splitlines().index("        price over care: 3") + 1
    assert (
        f"case.yaml:{place}:26 stakeholders.board.weights.judgements.price over care: is given"
        " twice" in result.stderr
    )


def test_judgements_that_contradict_are_a_warning_at_the_one_that_hurts_most(
    written: Written,
) -> None:
    """8 over c follows from all but one: care 8, price 4, trust 2, reach 1, and care over reach the wrong way round."""
    criteria = (
        HEAD + "    reach: {title: Reach, scale: {worst: 0, best: 10}}\n  weights:\n    method:"
        " pairwise\n    judgements:\n"
    )
    stated = [
        "care over price: 2",
        "care over trust: 4",
        "price over trust: 2",
        "price over reach: 4",
        "trust over reach: 2",
        "care over reach: 0.125",
    ]
    text = (
        criteria
        + "".join(f"      {line}\n" for line in stated)
        + TAIL.replace("trust: 5}", "trust: 5, reach: 5}")
    )
    path = written(text)
    result = _run("check", path, "--format", "csv")
    assert result.exit_code == 1
    place = text.splitlines().index("      care over reach: 0.125") + 1
    assert f"case.yaml:{place}:24" in result.stdout
    assert "warning" in result.stdout
    assert (
        '""care over reach"" fits worst: it says 0.12, the others together imply 8' in result.stdout
    )
    assert _run("check", path, "--allow-warnings").exit_code == 0
    assert _run("rank", path).exit_code == 0


def test_a_criteria_set_alone_is_warned_about_its_judgements_too(tmp_path: Path) -> None:
    leaves = "".join(
        f"  {name}: {{title: {name}, scale: {{worst: 0, best: 10}}}}\n"
        for name in ("care", "price", "trust")
    )
    judgements = (
        "weights:\n  method: pairwise\n  judgements: {care over price: 9, price over trust: 9, care"
        " over trust: 1}\n"
    )
    path = tmp_path / "set.yaml"
    path.write_text(f"title: What matters\ncriteria:\n{leaves}{judgements}", encoding="utf-8")
    result = _run("check", str(path), "--format", "csv")
    assert result.exit_code == 1
    assert "set.yaml:8:" in result.stdout
    assert "The judgements of the criteria set contradict one another" in result.stdout
