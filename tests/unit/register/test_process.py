"""The whole process by its commands, from a first review point to a second, on both databases.

The scenario is made up; so is everything recorded of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partnerselect.cli import main
from partnerselect.decisions import Entry, Head
from partnerselect.files import load
from partnerselect.register import clock, open_register, worked_out_anew
from partnerselect.register.deciding import opening_of
from partnerselect.tables import FLAT_RECORDED

SCENARIO = """\
format: 1
title: Two programmes, first review point
as-at: 2021-07-28
illustrative: true
criteria:
  title: Made up
  criteria:
    value: {title: Value, weight: 60, scale: {worst: 0, best: 10}}
    record: {title: Track record, weight: 40, scale: {worst: 0, best: 10}}
partners:
  aqua: {title: Aqua, offers: [coaching, culture], cost: {per-day: 500}, scores: {value: 8, record: 5}}
  ihi: {title: Ihi, offers: [coaching, culture], cost: {per-day: 900}, scores: {value: 6, record: 6}}
programmes:
  culture: {title: Culture, needs: {culture: 5}, review: 2022-01-05}
  coaching: {title: Coaching, needs: {coaching: 10}, review: 2022-01-05}
limits: {budget: 30000}
analysis: {samples: 100, choice-samples: 0}
paper:
  cover: {body: The board}
  measures:
    staff: {title: Staff, baseline: 52, target: 58, by: 2022-01-01, direction: more}
    waits: {title: Waits, baseline: 9, target: 6, by: 2022-01-01, direction: less}
"""


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> Path:
    path = tmp_path / "trust.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    monkeypatch.setenv("PARTNERSELECT_REGISTER", url)
    return path


def run(*words: object, code: int = 0) -> Any:
    """Run a command and return what it prints as JSON."""
    ran = CliRunner().invoke(main, [*map(str, words), "--format", "json"])
    assert ran.exit_code == code, (words, ran.output)
    assert "secret" not in ran.output
    return json.loads(ran.stdout)


def refused(*words: object, code: int = 2) -> str:
    ran = CliRunner().invoke(main, [*map(str, words)])
    assert ran.exit_code == code, (words, ran.output)
    assert ran.stdout == ""
    return ran.stderr


def test_from_the_first_review_point_to_the_second(scenario: Path) -> None:
    opened, frozen = run("freeze", scenario, "--date", "2021-07-01")
    assert (opened["kind"], frozen["kind"]) == ("opened", "frozen")
    assert frozen["content"]["weights"] == {"value": 0.6, "record": 0.4}
    (interest,) = run(
        "declare",
        scenario,
        "Chair",
        "ihi",
        "--interest",
        "A trustee",
        "--managed",
        "Left",
        "--date",
        "2021-07-20",
    )
    assert interest["content"]["managed"] == "Left"
    made = run(
        "decide", scenario, "--date", "2021-07-28", "--set", "coaching=ihi", "--reason", "Nearer"
    )
    assert made["number"] == 4
    assert {one["programme"]: one["needs"] for one in made["content"]["choices"]} == {
        "culture": {"culture": "aqua"},
        "coaching": {"coaching": "ihi"},
    }
    departure = made["content"]["departure"]
    assert departure["own_cost"] == 10 * (900 - 500)
    # aqua scores 0.6 · 80 + 0.4 · 50 = 68, ihi 60; two programmes of equal importance
    assert departure["value_lost"] == pytest.approx(4.0)
    assert run("decision", "show", 4, "--rerun") == []
    for partner in ("aqua", "ihi"):
        run("decision", "offer", 4, partner, "--date", "2021-07-29")
    run("decision", "accept", 4, "aqua", "--words", "Gladly", "--date", "2021-08-02")
    assert [(one["what"], one["subject"]) for one in run("due", "--by", "2021-12-31")] == [
        ("answer", "ihi")
    ]
    run("decision", "decline", 4, "ihi", "--date", "2021-08-09")
    for measure, value in (("staff", 59), ("waits", 7)):
        run("outcome", "Aqua", "Culture", measure.title(), value, "--date", "2021-12-20")
    run(
        "review",
        4,
        "--result",
        "sustained",
        "--theirs",
        "It went well",
        "--next",
        "2022-07-01",
        "--date",
        "2022-01-05",
    )
    told = run("history", "--partner", "Aqua")
    assert [one["kind"] for one in told["entries"]] == [
        "decided",
        "offered",
        "accepted",
        "reading",
        "reading",
    ]
    assert told["committed"]["culture"]["culture"]["is_accepted"] is True
    assert told["committed"]["coaching"]["coaching"]["is_accepted"] is False
    kept = run("register", "verify")
    assert kept["faults"] == []
    assert kept["number"] == 11


SECOND = """\
extends: trust.yaml
title: Two programmes, second review point
as-at: 2022-01-10
committed: from-register
partners:
  aqua: {scores: {record: from-register}}
  ihi: {scores: {record: {score: from-register, grade: B}}}
criteria: {criteria: {value: {weight: 50}}}
"""


GONE = """\
partners:
  aqua: null
  rowan: {title: Aqua, offers: [coaching, culture], cost: {per-day: 1}, scores: {value: 1, record: 1}}
"""


def test_the_second_review_point_takes_what_came_of_the_first(scenario: Path) -> None:
    second = scenario.with_name("second.yaml")
    second.write_text(SECOND, encoding="utf-8")
    assert "there is no register" in refused("rank", second)
    run("freeze", scenario, "--date", "2021-07-01")
    run("decide", scenario, "--date", "2021-07-28")
    run("decision", "accept", 3, "Aqua", "--date", "2021-08-02")
    for measure, value in (("staff", 59), ("waits", 7)):
        run("outcome", "aqua", "culture", measure, value, "--date", "2022-01-02")
    run("outcome", "aqua", "coaching", "waits", 5, "--date", "2022-03-01")  # not known by then
    ran = CliRunner().invoke(main, ["rank", str(second), "--format", "json"])
    told = [
        "committed: from the register: culture, culture: aqua (entries 3, 4)",
        "committed: from the register: coaching, coaching: aqua (entries 3, 4)",
        "partners.aqua.scores.record: from the register: 1 of 2 measures met the target (entries 5, 6)",
    ]
    assert all(one in ran.stderr for one in told), ran.stderr
    answer = json.loads(ran.stdout)
    assert answer["scenario"]["register"] == told
    assert [one["partners"] for one in answer["programmes"]] == [["aqua"], ["aqua"]]
    aqua = next(one for one in answer["ranking"] if one["partner"] == "aqua")
    assert aqua["contributions"]["record"] == pytest.approx(50 * 40 / 90)
    run("review", 3, "--result", "ended", "--programme", "culture", "--date", "2022-01-05")
    left = run("rank", second)["scenario"]["register"]
    assert [one for one in left if "committed" in one] == told[1:2]


def test_weights_changed_once_fixed_are_said_in_every_output(
    scenario: Path, tmp_path: Path
) -> None:
    run("freeze", scenario)
    calm = CliRunner().invoke(main, ["rank", str(scenario)])
    assert "once fixed" not in calm.output
    words = "Weights changed once fixed (entry 2): value 60% → 33%; record 40% → 67%"
    scenario.write_text(
        SCENARIO.replace("weight: 60", "weight: 20")
        + "plans: {near: {title: Near, choose: {coaching: ihi}}}\n",
        encoding="utf-8",
    )
    for command in ["rank", "explain", "robustness", "frontier", "judge", "alternatives", "check"]:
        asked = [command, str(scenario), *(["coaching"] if command == "explain" else [])]
        assert words in CliRunner().invoke(main, asked).stderr, command
        if command == "check":
            continue
        for form in ("table", "csv", "markdown", "json"):
            ran = CliRunner().invoke(main, [*asked, "--format", form])
            told = ran.stdout.replace("\\", "")
            assert words in told or words in " ".join(told.split()), (command, form, told)
    for name in ("paper.md", "paper.html"):
        ran = CliRunner().invoke(main, ["paper", str(scenario), "--out", str(tmp_path / name)])
        assert ran.exit_code == 0, ran.output
        assert words in (tmp_path / name).read_text(encoding="utf-8").replace("\\", "")
    ran = CliRunner().invoke(main, ["decide", str(scenario)])
    assert words in " ".join(ran.stdout.split())
    written = ["decision", "show", "3", "--headings", "psr-2023", "--out"]
    CliRunner().invoke(main, [*written, str(tmp_path / "record.md")])
    assert words in (tmp_path / "record.md").read_text(encoding="utf-8").replace("\\", "")
    other = scenario.with_name("other.yaml")
    other.write_text("extends: trust.yaml\nlimits: {budget: 20000}\n", encoding="utf-8")
    for form in ("table", "csv", "markdown", "json"):
        ran = CliRunner().invoke(main, ["compare", str(scenario), str(other), "--format", form])
        told = " ".join(ran.stdout.replace("\\", "").split())
        assert told.count(words) >= (2 if form in {"table", "markdown"} else 1), told


def test_what_is_fixed_in_the_register_that_is_named_is_held_to_when_deciding(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARTNERSELECT_REGISTER")
    named = ("--register", tmp_path / "another.sqlite")
    run("freeze", scenario, *named)
    scenario.write_text(SCENARIO.replace("weight: 60", "weight: 20"), encoding="utf-8")
    said = run("decide", scenario, *named)["content"]["weights_changed"]
    assert said == "Weights changed once fixed (entry 2): value 60% → 33%; record 40% → 67%"


@pytest.mark.parametrize(
    ("answers", "changed", "told"),
    [
        ((), "", "culture, culture: aqua; not answered yet, so not taken (entry 2)"),
        (("decline",), "", "coaching, coaching: aqua; declined, so not taken (entries 2, 3)"),
        (
            ("accept",),
            "programmes: {culture: null}",
            "culture, culture: aqua; not in this scenario",
        ),
        (("accept",), GONE, "coaching, coaching: aqua; not in this scenario (entries 2, 3)"),
        (None, "", "nothing is decided and runs on 10 January 2022"),
    ],
)
def test_what_is_not_taken_from_the_register_is_told_with_why(
    answers: tuple[str, ...] | None, changed: str, told: str, scenario: Path
) -> None:
    if answers is None:
        run("freeze", scenario, "--date", "2021-07-28")
    else:
        run("decide", scenario, "--date", "2021-07-28")
    for answer in answers or ():
        run("decision", answer, 2, "aqua", "--date", "2021-08-02")
    second = scenario.with_name("second.yaml")
    head = "extends: trust.yaml\nas-at: 2022-01-10\ncommitted: from-register\n"
    second.write_text(head + changed, encoding="utf-8")
    ran = CliRunner().invoke(main, ["rank", str(second), "--format", "json", "--samples", "0"])
    assert ran.exit_code == 0, ran.output
    assert f"committed: from the register: {told}" in ran.stderr
    is_taken = "in this scenario" in told
    assert bool(json.loads(ran.stdout)["scenario"]["register"]) == is_taken


def test_what_was_decided_is_taken_from_the_register_that_is_named_before_any_other(
    scenario: Path, tmp_path: Path
) -> None:
    """The environment names a register in which nothing was decided of coaching."""
    named = ("--register", tmp_path / "another.sqlite")
    day = ("--date", "2021-07-28")
    run("decide", scenario, "--set", "coaching=deferred", "--reason", "Later", *day)
    run("decide", scenario, *named, "--set", "coaching=ihi", "--reason", "Nearer", *day)
    run("decision", "accept", 2, "ihi", *named, "--date", "2021-08-02")
    second = scenario.with_name("second.yaml")
    second.write_text(SECOND, encoding="utf-8")
    ran = CliRunner().invoke(main, ["decide", str(second), *map(str, named), "--format", "json"])
    assert ran.exit_code == 0, ran.output
    assert "committed: from the register: coaching, coaching: ihi (entries 2, 3)" in ran.stderr
    chosen = {
        one["programme"]: one["needs"] for one in json.loads(ran.stdout)["content"]["choices"]
    }
    assert chosen == {"culture": {"culture": "aqua"}, "coaching": {"coaching": "ihi"}}


def test_weights_changed_once_fixed_are_said_in_every_table_of_a_batch(
    scenario: Path, tmp_path: Path
) -> None:
    run("freeze", scenario)
    swept = "sweep: {criteria.value.weight: [60, 20]}\n"
    scenario.write_text(SCENARIO + swept, encoding="utf-8")
    words = "Weights changed once fixed (entry 2): value 60% → 33%; record 40% → 67%"
    results = [tmp_path / "first", tmp_path / "again"]
    for source, out in zip([scenario, results[0]], results, strict=True):
        ran = CliRunner().invoke(main, ["batch", str(source), "--out", str(out), "--workers", "1"])
        assert ran.exit_code == 0, ran.output
        for name in ("summary", "programmes", "ranking", "allocation"):
            told = {row["criteria.value.weight"]: row["weights_changed"] for row in rows(out, name)}
            assert told == {"60": "", "20": words}, name
    scenario.write_text(SCENARIO.replace("weight: 60", "weight: 20"), encoding="utf-8")
    other = tmp_path / "other"
    CliRunner().invoke(main, ["batch", str(scenario), "--out", str(other), "--workers", "1"])
    for name in ("summary", "ranking", "recommendations", "choices", "scenarios"):
        assert {row["weights_changed"].rstrip(".") for row in rows(other, name)} == {words}, name
    for page in ("recommendations.md", "recommendations.html"):
        assert words in (other / page).read_text(encoding="utf-8").replace("\\", "")
    ran = CliRunner().invoke(main, ["compare", str(results[0]), str(other)])
    assert words in " ".join(ran.stdout.split())


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_without_its_library_nothing_suffers_but_what_needs_the_register(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("freeze", scenario)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    for name in [one for one in sys.modules if one.startswith("partnerselect.register.")]:
        monkeypatch.delitem(sys.modules, name)
    ran = CliRunner().invoke(main, ["rank", str(scenario)])
    assert ran.exit_code == 0
    assert "the register was not read: " in ran.stderr
    assert 'pip install ".[register]"' in ran.stderr
    second = scenario.with_name("second.yaml")
    second.write_text(SECOND, encoding="utf-8")
    assert "second.yaml:4:12 committed: the register needs sqlalchemy" in refused("rank", second)
    assert "which is not installed" in refused("history")


@pytest.mark.parametrize(
    ("law", "order"),
    [
        (
            "psr-2023",
            (
                "Providers to whom|Address|Decision-making process|The chair, the director|1 July 2021"
                "|taken into account|Fixed on 1 July 2021, before the decision.|8 (48.0)|68.0|In the bid"
                "|Reasons for the decisions|Nearer|4.0 points|interest declared|A trustee|managed|Left"
            ),
        ),
        (
            "procurement-act-2023",
            (
                "Suppliers|Award criteria|60%|How each tender was assessed|8 (48.0)|In the bid"
                "|not awarded to others|Nearer|who decided|The chair, the director|A trustee|Left"
            ),
        ),
    ],
)
def test_the_record_of_a_decision_says_all_in_the_order_of_a_law(
    scenario: Path, tmp_path: Path, law: str, order: str
) -> None:
    bid = "{score: 8, evidence: In the bid}"
    scenario.write_text(SCENARIO.replace("value: 8,", f"value: {bid},"), encoding="utf-8")
    run("freeze", scenario, "--date", "2021-07-01")
    run(
        "declare",
        scenario,
        "Chair",
        "ihi",
        "--interest",
        "A trustee",
        "--managed",
        "Left",
        "--date",
        "2021-07-20",
    )
    run(
        "decide",
        scenario,
        "--set",
        "coaching=ihi",
        "--reason",
        "Nearer",
        "--role",
        "The chair, the director",
    )
    out = tmp_path / "record.md"
    assert "--headings" in refused("decision", "show", 4, "--out", out)
    assert "ends in .md, .html, .docx" in refused(
        "decision", "show", 4, "--out", tmp_path / "record.xlsx", "--headings", law
    )
    ran = CliRunner().invoke(main, ["decision", "show", "4", "--out", str(out), "--headings", law])
    assert ran.exit_code == 0, ran.output
    told, at = out.read_text(encoding="utf-8").replace("\\", ""), 0
    for words in order.split("|"):
        at = told.find(words, at)
        assert at >= 0, words
    assert "no legal advice" in told
    assert "Illustrative figures" in told


@pytest.mark.parametrize(
    ("aim", "best"),
    [
        ("most-value", "are worth most."),
        ("{least-cost: {value-at-least: 50}}", "reach what was asked for at the least cost to us."),
    ],
)
def test_a_record_says_what_is_best_about_the_choice_by_the_aim(
    scenario: Path, tmp_path: Path, aim: str, best: str
) -> None:
    scenario.write_text(f"{SCENARIO}aim: {aim}\n", encoding="utf-8")
    CliRunner().invoke(main, ["decide", str(scenario)])
    out = tmp_path / "record.md"
    show = ["decision", "show", "2", "--headings", "psr-2023", "--out", str(out)]
    ran = CliRunner().invoke(main, show)
    assert ran.exit_code == 0, ran.output
    assert f"As recommended: together these {best}" in out.read_text(encoding="utf-8")


def test_a_record_shows_who_offers_something_and_scores_as_they_are_told_elsewhere(
    scenario: Path, tmp_path: Path
) -> None:
    """Ihi offers nothing of Culture: no price of its own, and no place in that table."""
    told = SCENARIO.replace(
        "ihi: {title: Ihi, offers: [coaching, culture]", "ihi: {title: Ihi, offers: [coaching]"
    )
    told = told.replace("value: 6, record: 6", "value: 6, record: unknown")
    told = told.replace(
        "    record: {title",
        "    price: {title: Price, weight: 10, from: cost-per-day, scale: {worst: 2000, best: 0}}\n    record: {title",
    )
    scenario.write_text(told, encoding="utf-8")
    CliRunner().invoke(main, ["decide", str(scenario)])
    out = tmp_path / "record.md"
    show = ["decision", "show", "2", "--headings", "procurement-act-2023", "--out", str(out)]
    ran = CliRunner().invoke(main, show)
    assert ran.exit_code == 0, ran.output
    text = out.read_text(encoding="utf-8")
    assessed = text[text.index("Culture**") : text.index("Coaching**")]
    assert "| Aqua | 8 " in assessed
    assert "| Ihi " not in assessed
    assert "| Ihi | 6 " in text
    assert "| not yet known (" in text
    assert "Nothing was deferred." in text
    assert "Offers none of what this programme needs" in text


def test_an_export_begins_another_register_and_verifies_this_one(
    scenario: Path, tmp_path: Path
) -> None:
    run("freeze", scenario)
    out, other = tmp_path / "export.jsonl", tmp_path / "other.sqlite"
    assert CliRunner().invoke(main, ["register", "export", "--out", str(out)]).exit_code == 0
    assert "exists already" in refused("register", "export", "--out", out)
    (loop := tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    assert "a link that leads to itself" in refused("register", "export", "--out", loop)
    assert len(run("register", "import", out, "--register", other)) == 2
    assert run("register", "import", out, "--register", other) == []
    run(
        "declare",
        scenario,
        "Chair",
        "ihi",
        "--interest",
        "-",
        "--managed",
        "-",
        "--register",
        other,
    )
    run("register", "verify", "--against", out, "--register", other)
    CliRunner().invoke(
        main, ["register", "export", "--register", str(other), "--out", str(tmp_path / "longer")]
    )
    found = run("register", "verify", "--against", tmp_path / "longer", code=1)
    assert found["faults"] == [f"entry 3 is not as it was exported to {tmp_path / 'longer'}"]


def test_a_decision_against_limits_is_recorded_with_what_it_breaks(scenario: Path) -> None:
    tight = scenario.with_name("tight.yaml")
    tight.write_text("extends: trust.yaml\nlimits: {budget: 9000}\n", encoding="utf-8")
    made = run(
        "decide", tight, "--set", "coaching=ihi", "--set", "culture=ihi", "--reason", "One partner"
    )
    departure = made["content"]["departure"]
    assert departure["possible"] is False
    assert "budget" in " ".join(departure["breaks"]).casefold()


TWO_NEEDS = """
programmes:
  culture: {needs: {culture: 5, coaching: 5}}
partners:
  aqua: {offers: [coaching, culture]}
  ihi: {offers: [culture]}
"""


@pytest.mark.parametrize("order", ["aqua+ihi", "ihi+aqua"])
def test_everybody_decided_on_is_recorded_although_limits_do_not_allow_it(
    scenario: Path, order: str
) -> None:
    tight = scenario.with_name("tight.yaml")
    tight.write_text(f"extends: trust.yaml\nlimits: {{budget: 100}}{TWO_NEEDS}", encoding="utf-8")
    made = run("decide", tight, "--set", f"culture={order}", "--reason", "Both are needed")
    (culture, _) = made["content"]["choices"]
    assert culture["needs"] == {"culture": "ihi", "coaching": "aqua"}
    assert "must run" not in " ".join(made["content"]["departure"]["breaks"])


def test_a_need_that_none_of_those_decided_on_offers_is_named(scenario: Path) -> None:
    two = scenario.with_name("two.yaml")
    two.write_text(f"extends: trust.yaml{TWO_NEEDS}", encoding="utf-8")
    made = run("decide", two, "--set", "culture=ihi", "--reason", "As before")
    assert made["content"]["departure"]["breaks"] == [
        "Culture: none of those decided on offers coaching"
    ]


def test_two_who_decide_at_once_open_one_juncture(scenario: Path, url: str) -> None:
    content, said = load(scenario).scenario, {"date": "2021-07-28", "body": "The board"}
    first, second = open_register(url, begin=True), open_register(url)
    made = [
        one.record_after(lambda entries: opening_of(entries, content, said))
        for one in (first, second)
    ]
    assert [[entry.kind for entry in entries] for entries in made] == [["opened"], []]


def test_a_plan_is_decided_on_with_its_reason_and_price(scenario: Path) -> None:
    plans = """plans:
  near: {title: Near us, choose: {coaching: ihi, culture: {culture: ihi}}}
  as-recommended: {title: The same, choose: {coaching: aqua}}
"""
    scenario.write_text(SCENARIO + plans, encoding="utf-8")
    assert "--reason: is missing" in refused("decide", scenario, "--plan", "near")
    assert 'no plan is called "far"' in refused("decide", scenario, "--plan", "far")
    content = run("decide", scenario, "--plan", "near", "--reason", "Nearer")["content"]
    assert {one["programme"]: one["needs"] for one in content["choices"]} == {
        "culture": {"culture": "ihi"},
        "coaching": {"coaching": "ihi"},
    }
    assert content["departure"]["own_cost"] == 15 * (900 - 500)
    assert content["departure"]["value_lost"] == pytest.approx(8.0)
    assert content["plan"] == "near"
    same = run("decide", scenario, "--plan", "as-recommended")["content"]
    assert same["departure"] is None


def test_what_follows_from_what_is_decided_otherwise_is_counted_apart(scenario: Path) -> None:
    """Ihi takes all of the 9,000, so that Culture is deferred."""
    scenario.write_text(SCENARIO.replace("budget: 30000", "budget: 9000"), encoding="utf-8")
    run("decide", scenario, "--set", "coaching=ihi", "--reason", "Nearer")
    told = CliRunner().invoke(main, ["history"]).stdout
    assert "1 otherwise than recommended; 1 other follows from that" in " ".join(told.split())


def test_what_runs_without_a_review_date_is_named_beside_what_is_due(scenario: Path) -> None:
    scenario.write_text(
        SCENARIO.replace("culture: 5}, review: 2022-01-05", "culture: 5}"), encoding="utf-8"
    )
    first = CliRunner().invoke(main, ["decide", str(scenario), "--date", "2021-07-28"])
    assert "register was not read" not in first.stderr  # there is none to read yet
    ran = CliRunner().invoke(main, ["due", "--by", "2021-12-31"])
    assert ran.stderr.startswith("Register: ")
    assert ran.stdout.split("\n")[:3] == [
        "Due by 31 December 2021",
        "Nothing is due.",
        "Without a review date: Culture; `review N --next` gives one.",
    ]


def test_a_reading_of_what_has_no_target_is_told_as_read(scenario: Path) -> None:
    stated = "staff: {title: Staff, baseline: 52, target: 58, by: 2022-01-01, direction: more}"
    scenario.write_text(SCENARIO.replace(stated, "staff: {title: Staff}"), encoding="utf-8")
    run("decide", scenario, "--date", "2021-07-28")
    run("outcome", "aqua", "culture", "staff", "a few more", "--date", "2022-01-03")
    told = CliRunner().invoke(main, ["history", "--format", "markdown"])
    assert told.exit_code == 0
    assert "| Aqua | Culture | Staff | a few more | — | — | 3 January 2022 |" in told.stdout
    assert "met their target" not in told.stdout


def test_what_departs_is_told_in_money_and_what_follows_from_it_as_such(scenario: Path) -> None:
    words = ["--set", "coaching=ihi", "--reason", "Nearer"]
    ran = CliRunner().invoke(main, ["decide", str(scenario), *words])
    assert "loses 4.0 points of portfolio value and costs us £4,000 more" in ran.stdout
    history = CliRunner().invoke(main, ["history"], env={"COLUMNS": "160"}).stdout
    assert "2 programmes with 2 partners, 1 otherwise than recommended" in history


def test_money_condition_and_certainty_are_told_and_what_to_think_of_before(scenario: Path) -> None:
    path = scenario
    path.write_text(SCENARIO.replace("choice-samples: 0", "choice-samples: 20"), encoding="utf-8")
    first = CliRunner().invoke(main, ["decide", str(path), "--date", "2021-07-28"])
    assert "for 2 of 2 programmes, for £7,500 of our £30,000." in first.stdout
    assert "It depends on no one else's decision." in first.stdout
    assert "How sure: 2 robust." in first.stdout
    assert "Decided already" not in first.stderr
    again = CliRunner().invoke(main, ["decide", str(path), "--date", "2022-01-06"])
    assert again.exit_code == 0
    assert "Decided already in entry 2 on 28 July 2021; this adds another." in again.stderr
    assert "`partnerselect register supersede 2`" in again.stderr
    assert "Culture is to be looked at again on 5 January 2022, before the day" in again.stderr


def as_csv(*words: str) -> list[dict[str, str]]:
    ran = CliRunner().invoke(main, [*words, "--format", "csv"])
    assert ran.exit_code == 0, ran.output
    return list(csv.DictReader(io.StringIO(ran.stdout)))


def test_csv_is_one_table_by_id_under_keys_and_another_on_request(scenario: Path) -> None:
    words = ("--set", "coaching=deferred", "--reason", "Later", "--date", "2021-07-28")
    (choice, later) = as_csv("decide", str(scenario), *words)
    assert (choice["programme"], choice["component"], choice["partner"]) == (
        "culture",
        "culture",
        "aqua",
    )
    assert (later["partner"], later["recommended"], later["reason"]) == ("", "aqua", "Later")
    assert later["recommended_title"] == "Aqua"
    assert as_csv("decision", "show", "2") == [choice, later]
    assert as_csv("decision", "show", "2", "--table", "followed") == []
    said = as_csv("decision", "show", "2", "--table", "said")
    assert "Decided by The board" in [row["words"] for row in said]

    as_csv("decision", "accept", "2", "aqua", "--date", "2021-08-01")
    (entry,) = as_csv("outcome", "aqua", "culture", "staff", "60", "--date", "2022-01-03")
    history = as_csv("history")
    assert [row["kind"] for row in history] == ["opened", "decided", "accepted", "reading"]
    assert history[-1] == entry
    assert (entry["date"], entry["of"], entry["partner_title"]) == ("2022-01-03", "2", "Aqua")
    (runs,) = as_csv("history", "--table", "committed")
    assert (runs["partner"], runs["accepted"], runs["review"]) == ("aqua", "True", "2022-01-05")
    assert runs["entries"] == "2 + 3"
    (read,) = as_csv("history", "--table", "readings")
    assert (read["measure"], read["target"], read["met"]) == ("staff", "58", "True")
    assert float(read["value"]) == 60
    assert [row["subject"] for row in as_csv("due")] == ["waits", "culture"]
    assert as_csv("register", "verify")[-1] == {"words": "The chain holds."}
    only = CliRunner().invoke(main, ["history", "--table", "committed", "--format", "markdown"])
    assert "What is decided and runs" in only.stdout
    assert "What was recorded" not in only.stdout


@pytest.mark.parametrize("name", FLAT_RECORDED)
def test_every_column_of_the_register_says_what_it_holds(name: str) -> None:
    assert all(column.about for column in FLAT_RECORDED[name])


def test_what_has_happened_lies_on_no_day_to_come_and_a_decision_says_that_it_does(
    scenario: Path,
) -> None:
    ahead = ("--date", "2999-01-05")
    planned = CliRunner().invoke(main, ["decide", str(scenario), *ahead])
    assert planned.exit_code == 0
    assert "The day of the decision, 5 January 2999, is still ahead: today is" in planned.stderr
    assert run("history")["committed"] == {}
    assert (
        "2 programmes with 1 partner (still ahead)"
        in CliRunner().invoke(main, ["history", "--format", "markdown"]).stdout
    )
    run("decide", scenario, "--date", "2021-07-28")
    told = "--date: 5 January 2999 is still ahead (today is "
    for happened in (
        ("freeze", scenario),
        ("declare", scenario, "Chair", "aqua", "--interest", "x", "--managed", "x"),
        ("decision", "accept", 3, "aqua"),
        ("outcome", "aqua", "culture", "staff", 60),
        ("review", 3, "--result", "ended"),
        ("register", "supersede", 3, "--reason", "x"),
    ):
        assert told in refused(*happened, *ahead)
    assert run("history")["committed"].keys() == {"culture", "coaching"}
    beforehand = (clock.now().date() + dt.timedelta(days=1)).isoformat()
    run("decision", "accept", 3, "aqua", "--date", beforehand)


@pytest.mark.parametrize("command", ["history", "due"])
def test_what_is_about_the_whole_register_takes_no_scenario(command: str, scenario: Path) -> None:
    told = refused(command, scenario)
    assert "it takes no scenario; the register is that of the folder you are in" in told


def test_what_is_otherwise_when_worked_out_anew_is_told_with_the_versions(scenario: Path) -> None:
    content = run("decide", scenario)["content"]
    figures = {**content["figures"], "state": "within-gap"}
    then = {**content, "figures": figures, "versions": {**content["versions"], "pulp": "2.0"}}
    made = Entry.follow(Head(), "decided", "then", then)
    found = list(worked_out_anew(made))
    assert found == [
        ("figures.state", "within-gap", "optimal"),
        ("versions.pulp", "2.0", version("pulp")),
    ]


def test_what_is_superseded_is_gone_from_what_follows(scenario: Path) -> None:
    run("decide", scenario)
    run("decision", "accept", 2, "aqua")
    run("register", "supersede", 2, "--reason", "Minutes corrected")
    assert run("history")["committed"] == {}
    assert "entry 2 is superseded" in refused("decision", "show", 2, "--rerun")
    assert "entry 2 is superseded" in refused("decision", "accept", 2, "aqua")


def test_what_is_superseded_can_still_be_read_and_what_says_so_holds(scenario: Path) -> None:
    run("decide", scenario)
    run("decision", "accept", 2, "aqua")
    run("register", "supersede", 2, "--reason", "Minutes corrected")
    ran = CliRunner().invoke(main, ["decision", "show", "2", "--format", "markdown"])
    assert ran.exit_code == 0
    assert "Decision 2 is superseded" in ran.stderr
    assert "| Culture | Aqua |" in ran.stdout
    assert "Aqua accepted decision 2 (superseded)" in ran.stdout
    assert "Entry 2 holds no more: Minutes corrected |" in ran.stdout
    told = CliRunner().invoke(main, ["history", "--format", "csv"]).stdout
    flags = [row["superseded"] for row in csv.DictReader(io.StringIO(told))]
    assert flags == ["False", "True", "True", "False"]
    assert "entry 4 is superseded" in refused("register", "supersede", 4, "--reason", "x")


def test_every_mistake_is_told_and_records_nothing(scenario: Path) -> None:
    assert "there is no register" in refused("history")
    run("decide", scenario, "--date", "2021-07-28")
    mistakes = [
        (
            ("decide", scenario, "--set", "coaching=ihi"),
            "--reason: is missing; Coaching is decided",
        ),
        (
            ("decide", scenario, "--set", "coach=ihi", "--reason", "x"),
            '--set coach=ihi: no programme is called "coach"; did you mean',
        ),
        (
            ("decide", scenario, "--set", "coaching=ih", "--reason", "x"),
            '--set coaching=ih: no partner is called "ih"',
        ),
        (
            ("decide", scenario, "--set", "coach=ihi", "--set", "coaching=ih", "--reason", "x"),
            'did you mean "coaching"? --set coaching=ih: no partner is called "ih"',
        ),
        (("decide", scenario, "--body", "Bo\udcffard"), "body: some of it is no text (not UTF-8)"),
        (("decide", scenario, "--body", " "), "--body: is missing, and the paper of the scenario"),
        (
            (
                "decide",
                scenario,
                "--set",
                "a",
                "--set",
                "b",
                "--set",
                "c",
                "--reason",
                "x",
                "--reason",
                "y",
            ),
            "--reason: is given 2 times, and --set 3 times",
        ),
        *(
            (("decide", scenario, "--date", day), "must be a date written as 2021-07-28 (found")
            for day in ("28/7/2021", "20210728", "2021-W30-3")
        ),
        (
            ("declare", scenario, "Chair", "nobody", "--interest", "x", "--managed", "x"),
            'no partner is called "nobody"',
        ),
        (
            ("decision", "show", 1),
            "entry 1 is no decision but opened: decisions are 2; see `history`",
        ),
        (("decision", "accept", 2, "ihi"), '"ihi" is no partner of decision 2'),
        (("outcome", "ihi", "culture", "staff", 3), 'no decision has "ihi" in "culture"'),
        (
            ("outcome", "aqua", "culture", "stuff", 3),
            'no measure is called "stuff"; did you mean "staff"?',
        ),
        *(
            (
                ("outcome", "aqua", "culture", "staff", "--", value),
                f'VALUE: must be a number, as those of "Staff" are (found "{value}"){told}',
            )
            for value, told in (
                ("nan", ""),
                ("-inf", ""),
                ("1e999", ""),
                ("62%", "; write 62"),
                ("1,000", "; write 1000"),
                ("1_000", "; write 1000"),
            )
        ),
        (("outcome", "aqua", "culture", "staff", " "), "VALUE: is empty"),
        *(
            (
                ("decide", scenario, "--set", wish, "--reason", "x"),
                f"--set {wish}: write PROGRAMME=PARTNER",
            )
            for wish in ("culture", "culture=", "=aqua", "culture=aqua+")
        ),
        (
            ("decide", scenario, "--set", "culture=aqua+ihi", "--reason", "x"),
            'each need of "culture" has one partner, so "ihi" would do nothing',
        ),
        (
            (
                *("decide", scenario, "--reason", "x"),
                *("--set", "culture=ihi", "--set", "Culture=deferred"),
            ),
            "--set Culture=deferred: says again who does that programme",
        ),
        (("review", 2), "--result"),
        (
            ("review", 2, "--result", "changed", "--date", "2022-01-05", "--next", "2021-12-31"),
            "the next review, 31 December 2021, is not after the review itself, 5 January 2022;",
        ),
        (("register", "import", scenario), "trust.yaml:1: is no entry of a register"),
        (("register", "import", scenario.with_name("none")), "there is no such file"),
    ]
    for words, told in mistakes:
        assert told in " ".join(refused(*words).split()), words
    assert len(run("history")["entries"]) == 2
