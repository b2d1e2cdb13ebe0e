"""`explain` and `robustness`, run on the shipped scenario and on small ones."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from partnerselect import files
from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario

Written = Callable[..., str]
SHIPPED = str(Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml")
QUICK = ("--samples", "2000", "--time-limit", "600")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@cache
def report(*arguments: str) -> Any:
    """Return what a command prints as JSON; asked once, for many tests read the same answer."""
    result = invoke(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_explain_holds_the_chosen_against_the_runner_up_unless_told_otherwise() -> None:
    told = report("explain", SHIPPED, "board-development", *QUICK)
    assert (told["why"]["partner"], told["why_not"]["partner"]) == ("nhsei-icbd", "ihi")
    assert told["why"]["chosen"]


def test_explain_takes_the_two_it_is_given() -> None:
    told = report(
        "explain", SHIPPED, "culture", "--why", "aqua", "--why-not", "nhs-horizons", *QUICK
    )
    assert (told["why"]["partner"], told["why_not"]["partner"]) == ("aqua", "nhs-horizons")


def test_explain_of_one_partner_holds_it_against_who_is_recommended_for_what_it_offers(
    written: Written,
) -> None:
    """Oak and yew share x, three days and two; elm offers only what yew is chosen for."""
    case = scenario(
        {
            "oak": partner(90, "first"),
            "yew": partner(80, "second"),
            "elm": partner(70, "second"),
            "ash": partner(60, "first"),
        },
        {"x": programme({"first": 3, "second": 2})},
    )
    path = written(json.dumps(case))
    for asked in (("elm",), ("--why", "elm")):
        told = report("explain", path, "x", *asked)
        assert (told["why"]["partner"], told["why_not"]["partner"]) == ("elm", "yew")
        assert (
            "A partner instead? Choosing it would lower the total by 4.0 points"
            in told["summary"][-1]
        )
        assert ("pair", "x.elm") in {(row["kind"], row["subject"]) for row in told["prices"]}
    told = report("explain", path, "x", "--why-not", "elm")
    assert (told["why"]["partner"], told["why_not"]["partner"]) == ("yew", "elm")
    told = report("explain", path, "x", "oak")
    assert (told["why"]["partner"], told["why_not"]["partner"]) == ("oak", "ash")


def test_explain_takes_two_partners_by_their_place_as_by_their_options() -> None:
    by_place = report("explain", SHIPPED, "culture", "aqua", "nhs-horizons", *QUICK)
    by_name = ("--why", "aqua", "--why-not", "nhs-horizons")
    assert by_place == report("explain", SHIPPED, "culture", *by_name, *QUICK)
    for asked, said in [
        (("aqua", "--why", "ihi"), "name each partner once"),
        (("aqua", "ihi", "--why-not", "elft"), "name each partner once"),
        (("aqua", "ihi", "elft"), "two partners can be compared; 3 are named"),
    ]:
        result = invoke("explain", SHIPPED, "culture", *asked)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_of_a_deferred_programme_explain_says_what_choosing_the_partner_asked_about_would_mean() -> (
    None
):
    told = report("explain", SHIPPED, "transformation", "ihi", *QUICK)
    assert told["summary"][-1].startswith("Institute for Healthcare Improvement instead? Choosing")


def test_scores_in_money_are_told_as_money_and_three_partners_as_a_list(written: Written) -> None:
    """Ash is worth 80 and elm 40 on a price from £10,000 to £0; three share the work of y."""
    price = {"title": "Price", "weight": 1, "scale": {"worst": 10000, "best": 0, "unit": "£"}}
    bids = {"ash": 2000, "elm": 6000, "oak": 7000}
    case = scenario(
        {
            name: partner(0, "work", f"only-{name}")
            | {"title": name.title(), "scores": {"price": bid}}
            for name, bid in bids.items()
        },
        {"x": programme(), "y": programme({f"only-{name}": 1 for name in bids})},
        criteria={"title": "Price", "criteria": {"price": price}},
    )
    path = written(json.dumps(case))
    words = [flip["words"] for flip in report("explain", path, "x", "elm")["flips"]]
    assert "If Ash scored £6,001 instead of £2,000 on Price, Elm would lead." in words
    assert "Recommended: Ash, Elm and Oak." in report("explain", path, "y")["summary"]


def test_a_level_that_does_not_run_is_told_from_a_programme_that_is_deferred(
    written: Written,
) -> None:
    doses = {
        name: {"title": f"the {name}", "worth": worth, "needs": {"work": days}}
        for name, worth, days in (("part", "40%", 2), ("whole", "100%", 9))
    }
    dosed = {"title": "Ex", "levels": doses}
    case = scenario({"ash": partner(80), "elm": partner(60)}, {"x": dosed})
    told = report("explain", written(json.dumps(case)), "x.part")["summary"]
    assert "The programme runs at another level: the whole." in told
    assert not [words for words in told if "deferred" in words]


def test_the_gap_by_criterion_adds_up_and_comes_sorted() -> None:
    told = report("explain", SHIPPED, "culture", *QUICK)
    differences = [row["difference"] for row in told["gap"]]
    assert sum(differences) == pytest.approx(
        told["why"]["value"] - told["why_not"]["value"], abs=1e-5
    )
    assert [abs(difference) for difference in differences] == sorted(
        (abs(difference) for difference in differences), reverse=True
    )


def test_explain_read_aloud_names_the_two_and_says_whose_first_place_is_how_sure() -> None:
    told = report("explain", SHIPPED, "culture", *QUICK)
    aloud = " ".join([*told["summary"], *(flip["words"] for flip in told["flips"])])
    assert "Yorkshire and Humber Improvement Academy is worth 80.6 and NHS Horizons 80.1" in aloud
    assert "Yorkshire and Humber Improvement Academy scored highest in" in aloud
    assert "sensitive" not in aloud
    assert all(sentence.endswith(".") for sentence in told["summary"])


def test_explain_prices_the_other_partner_and_shows_the_evidence() -> None:
    result = invoke("explain", SHIPPED, "culture", *QUICK)
    assert "NHS Horizons instead? Choosing it would change the partners of" in result.stdout
    assert "What stands behind the largest differences" in result.stdout
    assert "If " in result.stdout.split("What would change the leader")[1]


def test_explain_says_what_choosing_otherwise_would_mean_alike_in_every_format() -> None:
    told = report("explain", SHIPPED, "culture", *QUICK)
    assert [(row["kind"], row["subject"], row["change"]) for row in told["prices"]] == [
        ("pair", "culture.nhs-horizons", "with"),
        ("pair", "culture.improvement-academy", "without"),
        ("methods", "limits.methods", "without"),
    ]
    words = [row["words"] for row in told["prices"]]
    assert words[2].startswith(
        "If we did not have to keep to one methodology, the whole would gain"
    )
    assert "culture" not in " ".join(words)
    for form in ("table", "markdown"):
        shown = invoke("explain", SHIPPED, "culture", *QUICK, "--format", form).stdout
        assert "What choosing otherwise would mean" in shown
        assert all(sentence in shown for sentence in words)


def test_explain_names_every_way_back_of_a_programme_that_waits() -> None:
    told = report("explain", SHIPPED, "transformation", *QUICK)
    assert [row["path"] for row in told["brings_back"]] == [
        "limits.internal-days.foundations",
        "limits.backfill.max-days",
    ]
    assert told["brings_back_complete"]
    assert (
        told["brings_back"][0]["words"]
        == "It would run if our team's days in foundations rose from 90 to 112; that would defer"
        " “Openness, trust and speaking up”, and the whole would then be worth 0.6 points more."
    )
    shown = invoke("explain", SHIPPED, "transformation", *QUICK).stdout
    assert all(row["words"] in shown for row in told["brings_back"])


def test_explain_prices_what_is_committed_by_dropping_it(written: Written) -> None:
    case = scenario(
        {"ash": partner(70), "elm": partner(60)},
        {"x": programme()},
        committed={"x": {"work": "elm"}},
    )
    told = report("explain", written(json.dumps(case)), "x")
    assert [
        (row["kind"], row["subject"], round(row["value_change"])) for row in told["prices"]
    ] == [("commitment", "x.work", 10)]


def test_explain_says_why_it_tells_nothing_of_choosing_otherwise(written: Written) -> None:
    partners, programmes = (
        {"ash": partner(70), "elm": partner(60)},
        {"x": programme(mandatory=True)},
    )
    assert (
        report("explain", written(json.dumps(scenario(partners, programmes))), "x")["why_no_prices"]
        == ""
    )
    impossible = scenario(partners, programmes, limits={"internal-days": 1}) | {
        "programmes": {"x": {**programme(mandatory=True), "internal-days": 5}}
    }
    result = invoke("explain", written(json.dumps(impossible)), "x")
    assert (
        "What choosing otherwise would mean was not worked out: there is no choice to begin with."
        in result.stdout
    )


def test_a_partner_that_cannot_be_chosen_is_explained_by_its_reason() -> None:
    told = report("explain", SHIPPED, "culture", "--why-not", "consultancy", *QUICK)
    assert any(
        "cannot be chosen here: Shared values is not known" in sentence
        for sentence in told["summary"]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("explain", SHIPPED, "cultur"),
            'no programme is called "cultur"; did you mean "culture"?',
        ),
        (
            ("explain", SHIPPED, "culture", "--why", "aqva"),
            'no partner is called "aqva"; did you mean "aqua"?',
        ),
        (
            ("explain", SHIPPED, "culture", "--why-not", "nhs-horizon"),
            'did you mean "nhs-horizons"?',
        ),
        (
            ("explain", SHIPPED, "culture", "--why", "aqua", "--why-not", "aqua"),
            "cannot be compared with itself",
        ),
        (("explain", SHIPPED, "aqua", "culture"), '"aqua" is a partner; name the programme before'),
        (
            ("explain", SHIPPED, "speaking up", "aqva", "ihhi"),
            'no partner is called "ihhi"; did you mean "ihi"?',
        ),
        (
            ("robustness", SHIPPED, "--programme", "qms"),
            '--programme qms: no programme is called "qms"',
        ),
    ],
)
def test_a_name_mistyped_on_the_command_line_is_told_without_a_line_of_the_file(
    arguments: tuple[str, ...], said: str
) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "yaml:" not in result.stderr
    assert ("aqva" in result.stderr) == ("aqva" in arguments)


def test_explain_without_a_name_lists_programmes_and_partners_and_the_next_command() -> None:
    result = invoke("explain", SHIPPED)
    assert result.exit_code == 2
    assert result.stdout == ""
    told = [" ".join(line.split()) for line in result.stderr.splitlines()]
    assert "culture Openness, trust and speaking up" in told
    assert "aqua Advancing Quality Alliance" in told
    assert f"Next: partnerselect explain {SHIPPED} qms-foundation" in told


def test_of_several_scenarios_a_name_that_one_lacks_is_told_with_its_file(written: Written) -> None:
    path = written(json.dumps(scenario({"ash": partner(70)}, {"x": programme()})))
    result = invoke("rank", SHIPPED, path, "--programme", "culture", "--samples", "0")
    assert result.exit_code == 2
    assert f'{path}: --programme culture: no programme is called "culture"' in result.stderr
    assert "Openness, trust and speaking up" in result.stdout


def test_one_partner_alone_cannot_be_explained_against_anybody(written: Written) -> None:
    result = invoke(
        "explain", written(json.dumps(scenario({"ash": partner(70)}, {"x": programme()}))), "x"
    )
    assert result.exit_code == 2
    assert "there is only one partner" in result.stderr


def test_robustness_names_the_draws_the_seed_and_the_weights_varied() -> None:
    result = invoke("robustness", SHIPPED, "--programme", "culture", "--seed", "5", *QUICK)
    assert "2,000 trials with weights within 25% of those given" in result.stdout
    assert "(seed 5)" in result.stdout
    assert "sensitive" in result.stdout
    assert "Worth finding out before deciding" in result.stdout


def test_robustness_in_json_sums_to_one_and_keeps_every_interval_around_today() -> None:
    told = report("robustness", SHIPPED, *QUICK)
    assert (told["samples"], told["seed"]) == (2000, 2021)
    assert next(row["programme"] for row in told["programmes"]) == "qms-foundation"
    for row in told["programmes"]:
        assert sum(
            standing["first_rank_share"] or 0 for standing in row["standings"]
        ) == pytest.approx(1, abs=1e-4)
        for standing in row["standings"]:
            assert sum(standing["ranks_with_gates"]) + standing["unavailable"] == pytest.approx(
                1, abs=1e-4
            )
        assert all(found["low"] <= found["share"] <= found["high"] for found in row["intervals"])


def test_rank_and_robustness_tell_the_same_shares() -> None:
    ranked, told = report("rank", SHIPPED, *QUICK), report("robustness", SHIPPED, *QUICK)
    shares = {
        (row["programme"], row["partner"]): row["first_rank_share"]
        for row in ranked["ranking"]
        if row["first_rank_share"] is not None
    }
    assert shares == {
        (row["programme"], standing["partner"]): standing["first_rank_share"]
        for row in told["programmes"]
        for standing in row["standings"]
        if standing["first_rank_share"] is not None
    }
    words = {row["programme"]: row["verdict"] for row in ranked["ranking"] if row["rank"] == 1}
    assert words == {row["programme"]: row["verdict"] for row in told["programmes"]}


def test_no_ranking_is_called_robust_in_what_people_read() -> None:
    ranked = report("rank", SHIPPED, *QUICK)
    assert {row["rank"] for row in ranked["ranking"] if row["verdict"] is not None} == {1}
    assert all(row["verdict"] for row in ranked["ranking"] if row["rank"] == 1)
    printed = invoke("rank", SHIPPED, "--programme", "qms-foundation", *QUICK).stdout
    assert "scored highest in 9" in printed
    assert "robust" not in printed


def test_without_draws_every_share_is_null_and_intervals_and_flips_still_stand() -> None:
    ranked = report("rank", SHIPPED, "--samples", "0")
    assert {
        row[key]
        for row in ranked["ranking"]
        for key in ("first_rank_share", "first_rank_share_with_gates", "verdict")
    } == {None}
    assert {row["leader_share"] for row in ranked["programmes"]} == {None}
    told = report("robustness", SHIPPED, "--samples", "0")
    assert told["worth_finding_out"] == []
    assert all(
        row["standings"] == [] and row["intervals"] and row["flips"] for row in told["programmes"]
    )
    assert "No trials were run" in invoke("robustness", SHIPPED, "--samples", "0").stdout


@pytest.mark.parametrize("command", [("robustness", SHIPPED), ("explain", SHIPPED, "culture")])
def test_csv_is_one_flat_table(command: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(invoke(*command, *QUICK, "--format", "csv").stdout)))
    assert len(rows) > 5
    assert len({len(row) for row in rows}) == 1


def test_csv_of_explain_says_which_scenario_it_is_and_that_its_figures_are_made_up() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(
                invoke("explain", SHIPPED, "culture", "--samples", "0", "--format", "csv").stdout
            )
        )
    )
    assert {(row["scenario"], row["programme"], row["illustrative"]) for row in rows} == {
        ("shsc-2021", "culture", "True")
    }


@pytest.mark.parametrize("command", [("robustness",), ("explain", "x")])
def test_titles_are_printed_literally_in_markdown(
    command: tuple[str, ...], written: Written
) -> None:
    data = scenario({"ash": partner(70), "elm": partner(60)}, {"x": programme()})
    data["partners"]["ash"]["title"] = "<b>|*Ash*"
    path = written(json.dumps(data))
    result = invoke(command[0], path, *command[1:], *QUICK, "--format", "markdown")
    assert result.exit_code == 0, result.stderr
    assert "<b>" not in result.stdout.replace(r"\<b\>", "")


def test_partners_and_programmes_may_be_called_by_their_titles() -> None:
    scenario = files.load(SHIPPED).scenario
    title, short = scenario.programmes["culture"].title, scenario.partners["aqua"].short
    asked = ("explain", SHIPPED, "culture", "--why", "aqua", *QUICK)
    by_title = ("explain", SHIPPED, title.upper(), "--why", short or "AQUA", *QUICK)
    assert report(*by_title) == report(*asked)
    ranked = report("rank", SHIPPED, "--programme", title, *QUICK)
    assert {row["programme"] for row in ranked["ranking"]} == {"culture"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("rnak", SHIPPED), 'no command is called "rnak"; did you mean "rank"?'),
        (("decision", "shwo", "1"), 'no command is called "shwo"; did you mean "show"?'),
    ],
)
def test_a_mistyped_command_is_told_what_was_meant(asked: tuple[str, ...], said: str) -> None:
    result = invoke(*asked)
    assert result.exit_code == 2
    assert said in result.stderr
