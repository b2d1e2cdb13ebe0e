"""What a board need not read: levels as programmes, sums said before, which scenario it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from partnerselect.analysis import analyse
from partnerselect.files import load
from partnerselect.model import Scenario
from partnerselect.report import Figure, Material, markdown
from partnerselect.rows import assessment_rows
from partnerselect.tables import Column, Table, options_table, without_empty
from tests.oracle.plain import PHASES
from tests.unit.advice.guidance.test_checks import sound

LEVELS = {
    "half": {"title": "Half", "worth": "60%", "needs": {"work": 10}, "reach": {"nurses": "40%"}},
    "whole": {"title": "All", "worth": "100%", "needs": {"work": 90}, "reach": {"nurses": "90%"}},
}
"""The second costs more than there is."""


def test_it_says_by_title_and_once_what_concerns_a_programme_whatever_its_levels() -> None:
    data = sound()
    wards = data["programmes"]["wards"]
    del wards["needs"], wards["internal-days"]
    data["programmes"]["wards"] = {**wards, "levels": LEVELS, "phases": ["second"]}
    data["phases"] = PHASES
    data["staff-groups"] = {
        "nurses": {"title": "Nurses", "people": 50},
        "porters": {"title": "Porters", "people": 8},
    }
    data["paper"]["risks"] = {
        "time": {"title": "Time is short", "option": "wards", "likelihood": 4, "impact": 5}
    }
    analysis = analyse(Scenario.from_data(data))
    told = markdown(Material(analysis).paper)
    assert "| Wards | Time is short | 4 × 5 = 20 | — |" in told
    assert "| Staff group | People | first | second | third | By |" in told
    assert "| Nurses | 50 | 0% | 40% | 0% | Wards: Half |" in told
    assert "| Porters | 8 | 0% | 0% | 0% |  |" in told
    assert "of 1 programme every group puts the same partner first" in told
    counts = {row[2:] for row in options_table(analysis).rows}
    assert counts == {("all 1", "—"), ("1 programme", "1 programme"), ("1 programme", "—")}
    assert all("for 1 of 1 programme." in row["standing"] for row in assessment_rows(analysis))


def test_the_sums_of_one_payer_without_phases_stand_in_a_sentence_alone() -> None:
    told = markdown(Material(analyse(Scenario.from_data(sound()))).paper)
    assert "all our own." in told
    assert "Cost by payer and phase" not in told


def test_it_says_of_which_scenario_it_is_where_its_title_does_not() -> None:
    data = sound() | {"title": "Half of the money"}
    assert Material(analyse(Scenario.from_data(data))).paper.cover.body == "Board"
    data["paper"]["cover"]["title"] = "Partners for the wards"
    cover = Material(analyse(Scenario.from_data(data))).paper.cover
    assert cover.title == "Partners for the wards"
    assert cover.body == "Board · scenario: Half of the money"


def test_a_variant_s_cover_says_what_was_written_for_another_scenario(tmp_path: Path) -> None:
    """What it states itself is its own; after a change, and in a variant of a variant, the same."""
    data = sound()
    data["paper"]["cover"] = {"body": "Board", "author": "A manager", "director": "A director"}
    (tmp_path / "base.json").write_text(json.dumps(data), encoding="utf-8")
    own: dict[str, Any] = {"cover": {"director": "Another"}, "text": {"background": "Ours"}}
    own["risks"] = dict.fromkeys(data["paper"]["risks"]) | {"ours": {"title": "Another risk"}}
    made = {
        "half": {"extends": "base.json", "title": "Half"},
        "own": {"extends": "half.json", "title": "Own", "paper": own},
    }
    for name, content in made.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    taken = f"“{data['title']}”, which this scenario extends:"
    for name, said in {
        "half": ("Author Accountable director", "texts, risks and measures"),
        "own": ("Author", "some texts and measures"),
        "base": ("", ""),
    }.items():
        scenario = load(tmp_path / f"{name}.json").scenario.with_change("analysis.samples", 0)
        paper = Material(analyse(scenario)).paper
        marked = [label for label, text in paper.cover.lines if text[-1].text.endswith("†")]
        assert " ".join(marked) == said[0]
        told = f"Written for {taken} what † marks on the cover, {said[1]}."
        assert (told in markdown(paper)) is bool(said[1])


def test_the_figure_names_the_recommended_plan() -> None:
    paper = Material(analyse(Scenario.from_data(sound()))).paper
    (drawn,) = (block for block in paper.blocks if isinstance(block, Figure))
    (marked,) = (row for row in drawn.data if row["today"])
    assert marked["label"].startswith("Recommended: £")


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    columns = (Column("what"), Column("phase"), Column("days", kind="number"))
    rows = (("a", None, 0.0), ("b", "", 1.0))
    shown = without_empty(Table("days", "Days", columns, rows))
    assert shown.columns == (columns[0], columns[2])
    assert shown.rows == (("a", 0.0), ("b", 1.0))


def test_where_there_is_no_choice_nobody_is_asked_to_approve_one() -> None:
    data = sound()
    data["paper"]["recommendation"] = {"ask": "approval", "text": "Approve the partners named."}
    data["programmes"]["wards"]["mandatory"] = True
    data["limits"] = {**data.get("limits", {}), "budget": 0}
    told = markdown(Material(analyse(Scenario.from_data(data))).paper)
    assert "No recommendation" in told
    assert "There is no choice to approve as the scenario stands" in told
    assert "Approve the partners named." not in told
    assert "☐ Approval" in told


def test_what_was_changed_and_not_saved_is_said_first() -> None:
    analysis = analyse(Scenario.from_data(sound()))
    material = Material(analysis, ("Our budget £84,000 → £42,000",))
    assert "what if, not saved: Our budget £84,000 → £42,000" in material.paper.cover.body
    told = markdown(material.paper).partition("## Key points")[2].lstrip()
    assert told.startswith("- **What if, not saved:** Our budget")


def test_what_the_table_of_changes_is_said_to_tell_is_what_it_tells() -> None:
    """Nobody else decides or pays, so it begins with the order of partners."""
    data = sound()
    data.pop("gates", None)
    for one in data["partners"].values():
        one.pop("gate", None)
        one.pop("funding", None)
    told = markdown(Material(analyse(Scenario.from_data(data))).paper)
    assert "Where the partner recommended is first on value, the nearest change" in told
    assert "a decision refused" not in told
