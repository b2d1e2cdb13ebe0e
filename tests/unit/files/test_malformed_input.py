"""What people type by mistake: each is refused where it stands, with what to do about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from partnerselect import files
from tests.unit.files.cases import CRITERIA, SCENARIO, Workspace, labels_of, problems_of
from tests.unit.files.test_score_tables import HEADER, ROWS, rows_of, with_sheet, with_table

BASE = "scenarios/base.yaml"


@pytest.mark.parametrize(
    ("old", "new", "label", "words"),
    [
        ("format: 1", "format: 2", "1:9", "must be 1 (found 2)"),
        ("format: 1", "format: true", "1:9", "must be 1 (found true)"),
        ("format: 1", 'format: "1"', "1:9", "take the quotes away: write 1"),
        ("A small choice", "", "2:1", "nothing is written behind this key"),
        ("A small choice", "'  '", "2:8", "must hold something to read"),
        ("A small choice", '"\\u200b"', "2:8", "must hold something to read"),
        ("A small choice", "[a]", "2:8", "must be text (found a list)"),
        ("../criteria/set.yaml", "..\\criteria\\set.yaml", "3:11", "write / between folders"),
        ("../criteria/set.yaml", "file:///etc/passwd", "3:11", "there is no file"),
        ("coaching: 10", "coaching: -1", "19:23", "must be more than 0 (found -1)"),
        ("coaching: 10", "coaching: 1e400", "19:23", "the number is too large"),
        ("coaching: 10", "coaching: ten", "19:23", 'must be a number (found "ten")'),
        ("coaching: 10", "coaching: 10 days", "19:23", "write the number alone"),
        ("coaching: 10", "Coaching: 10", "19:13", "; write coaching"),
        (
            "{per-day: 900}",
            "900",
            "12:11",
            'must be a mapping (found 900); write "cost: {per-day: 900}"',
        ),
        (
            "{per-day: 900}",
            "{per-day: 900}\n    excluded: true",
            "13:15",
            '(found true); write "excluded: ',
        ),
        (
            "{per-day: 900}",
            "{per-day: 900}\n    excluded: no",
            "13:15",
            'leave it empty where it is not (found "no")',
        ),
        ("{coaching: 10}", "{}", "19:12", "must have at least 1 (found 0)"),
        ("{coaching: 10}", "10", "19:12", 'write "needs: {coaching: 10}"'),
        ("value: 8", "value: 80", "14:14", "lies outside the scale, 0 to 10 (found 80)"),
        ("value: 8", "value: {low: 8}", "14:14", "`high` is missing"),
        ("value: 8", "value: {low: 9, high: 3}", "14:14", "must rise from low"),
        ("value: 8", "value: {score: 3, low: 1, high: 4}", "14:14", "not both"),
        ("value: 8", "value: 7-9", "14:14", "write {low: 7, high: 9}"),
        ("value: 8", "value: unknwon", "14:14", "must be a number or `unknown`"),
        ("value: 8", "value: from-register", "14:14", "there is no register"),
        ("value: 8", "value: true", "14:14", "(found true)"),
        ("per-day: 900", "per-day: 900.000.000", "12:21", "write the number alone"),
        ("per-day: 900", "per-day: {low: 9}", "12:21", "is missing"),
        ("per-day: 900", "per-day: {low: 9, hihg: 12}", "12:30", 'did you mean "high"?'),
        ("per-day: 900", "per-day: {low: 9, likely: 8, high: 12}", "12:21", "must rise from low"),
        ("coaching: 10", "coaching: {low: -1, high: 3}", "19:29", "must be 0 or more"),
        ("coaching: 10", "coaching: {low: 0, likely: 0, high: 3}", "19:23", "more than 0 days"),
        ("coaching: 10", "coaching: {lo: 9, high: 12}", "19:24", 'did you mean "low"?'),
        ("per-day: 900", "per_day: 900", "12:12", 'did you mean "per-day"?'),
        ("per-day: 900", "per day: 900", "12:12", 'did you mean "per-day"?'),
        ("per-day: 900", "per-day = 900", "12:12", 'did you mean "per-day"?'),
        ("  firm:", "firm:", "9:1", "unknown key"),
    ],
)
def test_a_faulty_value_is_reported_at_its_place(
    workspace: Workspace, old: str, new: str, label: str, words: str
) -> None:
    assert old in SCENARIO
    problem = problems_of(workspace({BASE: SCENARIO.replace(old, new)}))[0]
    assert labels_of([problem]) == [f"{BASE}:{label}"]
    assert words in problem.message


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("limits: {partners: 3}", 20, 'write "partners: {max: 3}"'),
        ("limits: {budget: {soon: 3}}", 18, "the scenario has no `phases`"),
        ("limits: {budget: {in-all: 3, soon: 3}}", 30, 'no phase is called "soon"'),
        ("phases: {in-all: 2021-02-03}", 10, "`in-all` is a reserved word"),
        ("phases: {likely: 2021-02-03}", 10, "`likely` is a reserved word, an end of a range"),
        ("limits: {budget: none}", 18, "or the word unlimited"),
        ("limits: {share-per-partner: 60}", 29, "did you mean 60%?"),
        ("limits: {share-per-partner: -5%}", 29, "must be a percentage such as 60%"),
        ("limits: {methods: 1.5}", 19, "must be a whole number (found 1.5)"),
        ("limits: {budget: 5;funds: {}}", 25, 'expected "," between entries'),
        ("notes: {a: Yes: or no}", 15, "a second colon stands here"),
        (
            "notes: {a: Yes [or] no}",
            16,
            '"[" stands within text; put text that contains it in quotes',
        ),
        ("limits: {budget: 2k}", 18, "; write 2000"),
        ("limits: {budget: £1.5k}", 18, "; write 1500"),
        ("limits: {budget: 1/2}", 18, "; write 0.5"),
        ("analysis: {samples: 1e3}", 21, "; write 1000, without a point or an exponent"),
        ("limits: budget: 5", 15, "a colon stands where no key can begin"),
        ("limits: |\n  budget: 5", 9, "must be a mapping"),
        ("phases: {a: 2021-02-30}", 13, "there is no such day"),
        ("phases: {a: 2021-2-3}", 13, "; write 2021-02-03"),
        ("as-at: 28/07/2021", 8, "; write 2021-07-28"),
        ("as-at: 2/7/2021", 8, '(found "2/7/2021")'),
        ("phases: [a, b]", 9, "such as {a: …}"),
        ("gates: {g: {title: G, status: open}}", 31, "must be confirmed, expected, refused or"),
        ("gates: {g: {title: G, status: refussed}}", 31, 'did you mean "refused"?'),
        ("rules: {a: {apart: [firm]}}", 12, "at least two different partners"),
        ("rules: {a: {apart: [firm, peer], together: [firm, peer]}}", 34, "beside `apart`"),
        ("rules: {a: {apart: firm}}", 20, "; write [firm]"),
        ("rules: {a: {before: [culture, cultur]}}", 31, 'did you mean "culture"?'),
        ("rules: {a: {only-one: [culture, culture]}}", 12, "two different programmes"),
        ("rules: {a: {only-one: [culture, cultur]}}", 33, 'did you mean "culture"?'),
        ("rules: {a: {at-least-run: {of: [culture], run: 2}}}", 27, "exceed the 1 that `of` names"),
        ("rules: {a: {at-least-run: {of: [culture], runs: 1}}}", 43, 'did you mean "run"?'),
        ("committed: {culture: firm}", 22, 'write "committed: {programme: {need: partner}}"'),
        (
            "plans: {p: {title: P, choose: {culture: [firm]}}}",
            41,
            'write "choose: {programme: partner}"',
        ),
        (
            "rules: [{apart: [firm, peer]}]",
            8,
            "an id for each instead of the dash, such as first: {…}",
        ),
        ("gates: [{title: The board, status: refused}]", 8, "such as the-board: {…}"),
        ("committed: from-register", 12, "there is no register"),
        ("stakeholders: {b: {title: B, weights: {points: {value: 1}}}}", 39, "method: swing"),
        ("stakeholders: {b: {title: B, weights: {method: magic}}}", 48, "swing, rank, pairwise"),
        ("sweep: {limits.budget: 3}", 24, "must be a list (found 3)"),
        ("analysis: {weights: within 25%}", 21, "or {within: 25%}"),
        ("currency: £", 11, "three capital letters, such as GBP"),
        ("illustrative: yes", 15, 'must be true or false (found "yes"); write true'),
        ("aim: least-cost", 6, "{least-cost: {value-at-least: 60}}"),
        ("about: @home", 8, "put it in quotes"),
        ("about: 'it's'", 12, "nothing follows a closing quote"),
        ("<<: {a: 1}", 1, "merge key"),
        ("limits: !!map {}", 9, "tags are not part of this format"),
    ],
)
def test_a_faulty_line_is_reported_at_its_place(
    workspace: Workspace, line: str, column: int, words: str
) -> None:
    found = problems_of(workspace({BASE: f"{SCENARIO}{line}\n"}))
    problem = next(one for one in found if words in one.message)
    assert labels_of([problem]) == [f"{BASE}:20:{column}"]


IN_THE_SCENARIO = "".join(f"  {line}\n" for line in CRITERIA.splitlines())


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        (
            IN_THE_SCENARIO.replace("  title: What matters\n  criteria:\n", ""),
            "the criteria stand one level too high (value, sustainability)",
        ),
        ("  title: What matters\n  criteria:\n    - {title: Value}\n", "such as value: {…}"),
        ("  - value\n", "must be a mapping (found a list)"),
        (
            IN_THE_SCENARIO.replace("  criteria:\n    value", "  critera:\n    value"),
            "did you mean",
        ),
    ],
)
def test_criteria_that_cannot_be_read_are_told_of_once_and_not_at_every_score(
    workspace: Workspace, criteria: str, words: str
) -> None:
    stated = SCENARIO.replace("criteria: ../criteria/set.yaml\n", f"criteria:\n{criteria}")
    (problem,) = problems_of(workspace({BASE: stated}))
    assert words in problem.message


def test_partners_in_a_list_are_told_of_once_and_not_wherever_one_is_named(
    workspace: Workspace,
) -> None:
    start, end = SCENARIO.index("  peer:"), SCENARIO.index("programmes:")
    stated = f"{SCENARIO[:start]}  - {{title: A firm}}\n{SCENARIO[end:]}"
    (problem,) = problems_of(
        workspace({BASE: f"{stated}committed: {{culture: {{coaching: firm}}}}\n"})
    )
    assert "such as a-firm: {…}" in problem.message


@pytest.mark.parametrize(
    ("missing", "path"),
    [
        ("title: A small choice\n", "title"),
        ("format: 1\n", "format"),
        ("    title: A firm\n", "partners.firm.title"),
        ("    title: Culture\n", "programmes.culture.title"),
    ],
)
def test_what_else_is_wrong_is_told_beside_a_title_that_is_missing(
    workspace: Workspace, missing: str, path: str
) -> None:
    assert missing in SCENARIO
    stated = SCENARIO.replace(missing, "").replace("value: 8", "value: 80")
    stated = stated.replace("needs: {coaching: 10}", "needs: {coaching: 10, cooking: 2}")
    told = {one.path: one.message for one in problems_of(workspace({BASE: stated}))}
    assert told.keys() == {path, "partners.firm.scores.value", "programmes.culture.needs.cooking"}
    assert "is missing" in told[path]


def test_a_wrong_key_and_a_wrong_sweep_are_told_together(workspace: Workspace) -> None:
    wrong = "limits: {bugdet: 1}\n"
    swept = "{limits.bdget: [1], partners.firn.capacity: [2], limits.budget: [3], plans: each}"
    sampled = "{limits.budget: [1, 2], partners.firm.cost.per-dy: [1, 2]}"
    design = f"design: {{method: latin-hypercube, cases: 2, over: {sampled}}}\n"
    for block, paths in (
        (f"sweep: {swept}\n", ["sweep.limits.bdget", "sweep.partners.firn.capacity"]),
        (design, ["design.over.partners.firm.cost.per-dy"]),
    ):
        told = problems_of(workspace({BASE: SCENARIO + wrong + block}))
        assert [one.path for one in told] == ["limits.bugdet", *paths]
        assert all("did you mean" in one.message for one in told)


def test_a_partner_that_offers_nothing_is_warned_of(workspace: Workspace) -> None:
    stated = SCENARIO.replace("    offers: [coaching]\n", "    offers: []\n")
    (told,) = files.load(workspace({BASE: stated})).warnings
    assert told.path == "partners.firm.offers"
    assert "it can be chosen for nothing" in told.message


LEVELS = "levels: {a: {title: A, worth: 40%, needs: {coaching: 2}}, b: {title: B, worth: 90%, needs: {coaching: 9}}}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("worth: 90%", "worth: 40%", "must be worth more than the level before it (40%)"),
        ("worth: 90%", "worth: 0%", "must be more than 0"),
        ("worth: 90%, ", "", "is missing"),
        ("coaching: 2", "talking: 2", "the last level does not need this"),
        ("coaching: 9", "talking: 9", "no partner offers this"),
        ("coaching: 9}", "coaching: 9}, reach: {all: 5%}", "no staff group is called"),
        ("levels", "needs: {coaching: 10}\n    levels", "write them there alone"),
        ("levels", "internal-days: 4\n    levels", "write them there alone"),
        (LEVELS, "mandatory: true", "is missing"),
        ("}}}", "}}}\ncommitted: {culture: {level: c}}", 'has no level "c" (its levels: a, b)'),
        ("}}}", "}}}\ncommitted: {culture: {level: a, talk: firm}}", "does not need this"),
        ("}}}", "}}}\nplans: {p: {title: P, choose: {culture: {level: c, coaching: firm}}}}", "c"),
    ],
)
def test_faulty_levels_are_reported(workspace: Workspace, old: str, new: str, words: str) -> None:
    good = SCENARIO.replace("needs: {coaching: 10}", LEVELS)
    assert files.load(workspace({BASE: good})).scenario.entries["culture"] == (
        "culture.a",
        "culture.b",
    )
    found = problems_of(workspace({BASE: good.replace(old, new)}))
    assert words in " ".join(problem.message for problem in found)


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        (ROWS, 1, 'unknown column "peer"'),
        (HEADER.replace("partner", "part\u200bner") + ROWS, 1, "zero width space (U+200B)"),
        (HEADER + ROWS + "firm\u200b,value,7", 6, "character 5 is a zero width space"),
        (
            HEADER + ROWS.replace("8", "80%"),
            4,
            "shows 80%, but the scale of this criterion runs from 0 to 10",
        ),
        (HEADER + ROWS.replace("8", '"1,000"'), 4, '"1,000" may be 1000 or 1.000'),
        (HEADER + ROWS.replace("8", "£8"), 4, "write the number alone"),
        (HEADER + ROWS.replace("8", "\u22128"), 4, "(found -8)"),
        (HEADER + ROWS.replace("8", "#N/A"), 4, 'found "#N/A"'),
        (HEADER + ROWS + "\0", 6, "control character (U+0000): delete it"),
        (HEADER + ROWS + 'firm,"value,7\n', 6, "this row is not valid CSV"),
        (HEADER + ROWS + f"firm,value,{'x' * 200_000}\n", 6, "this row is not valid CSV"),
    ],
    ids=range(11),
)
def test_a_faulty_table_is_reported_at_its_line(
    workspace: Workspace, table: str, line: int, words: str
) -> None:
    found = problems_of(with_table(workspace, table))
    problem = next(one for one in found if words in one.message)
    assert labels_of([problem]) == [f"scenarios/table.csv:{line}"]


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (True, "expected a number or text (found TRUE)"),
        (dt.date(2021, 7, 8), "found the date 2021-07-08); format the cell as a number"),
        (dt.time(7, 8), 'found "07:08:00"'),
        ("=#REF!", "a formula without a saved result"),
        (1e308, "must be a finite number"),
    ],
)
def test_a_faulty_score_in_a_workbook_is_reported_at_its_cell(
    workspace: Workspace, score: Any, words: str
) -> None:
    rows = rows_of(HEADER + ROWS)
    rows[3][2] = score
    (problem,) = problems_of(with_sheet(workspace, rows))
    assert labels_of([problem]) == ["scenarios/table.xlsx!Scores:C4"]
    assert words in problem.message
