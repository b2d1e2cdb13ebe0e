"""What people said, as `robustness` prints it: weights with their ranges, groups, judgements.

And what `rank` says its shares are shares of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partnerselect.cli import main
from partnerselect.rows import highest_share_words
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

Written = Callable[..., str]
SHIPPED = str(Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml")
QUICK = ("--samples", "500", "--time-limit", "600")
LEAF = {"scale": {"worst": 0, "best": 100, "unit": "points"}}
CRITERIA = {
    "title": "Criteria",
    "criteria": {name: {"title": name.title(), **LEAF} for name in ("care", "price", "speed")},
}
PAIRS = {
    "method": "pairwise",
    "judgements": {"care over price": 5, "price over speed": 5, "speed over care": 5},
}


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), env={"COLUMNS": "400"})
    assert result.exit_code == 0, result.stderr
    return result.stdout


@cache
def shipped() -> Any:
    """Return what `robustness` says of the shipped scenario as JSON; asked once."""
    return json.loads(printed("robustness", SHIPPED, *QUICK, "--format", "json"))


def data(**rest: Any) -> Data:
    """Return two partners, one for care and one for price, weighed alike.

    Own weights for the second programme.
    """
    partners = {
        "ash": {**partner(0), "title": "Ash", "scores": {"care": 90, "price": 10, "speed": 50}},
        "elm": {**partner(0), "title": "Elm", "scores": {"care": 20, "price": 85, "speed": 50}},
    }
    own = {"method": "direct", "points": {"care": 1, "price": 3, "speed": 0}}
    programmes = {"x": programme(title="Wards"), "y": programme(title="Clinics", weights=own)}
    even = {
        **CRITERIA,
        "weights": {"method": "direct", "points": {"care": 2, "price": 1, "speed": 1}},
    }
    return scenario(partners, programmes, **{"criteria": even, **rest})


def group(title: str, voice: float, **points: float) -> Data:
    return {"title": title, "voice": voice, "weights": {"method": "direct", "points": points}}


GROUPS = {
    "carers": group("Carers", 1, care=3, price=1, speed=0),
    "payers": group("Payers", 3, care=1, price=4, speed=0),
}


def cells(text: str, table: str) -> list[list[str]]:
    """Return the rows of one Markdown table."""
    lines = text.split(f"### {table}")[1].split("###", maxsplit=1)[0].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| ") and "---" not in line
    ]


def test_every_weight_is_printed_with_its_range_and_unit() -> None:
    text = printed("robustness", SHIPPED, *QUICK, "--format", "markdown")
    weights = {row[0]: row[1:] for row in cells(text, "Weights, from worst to best")}
    assert weights["Cost-effectiveness"] == ["17%", "17%", "£2,000 per day", "£0 per day"]
    assert weights["· Handover to our own staff"] == ["60%", "17%", "0 points", "10 points"]
    assert weights["Shared values"][2:] == ["conflicting", "shared"]
    assert (
        "All given as swing points: the worth of going from worst to best; by the criteria set."
        in text
    )


def test_a_programme_with_weights_of_its_own_shows_them_below(written: Written) -> None:
    text = printed("robustness", written(data()), "--format", "markdown")
    assert [row[2] for row in cells(text, "Weights of Clinics, from worst to best")[1:]] == [
        "25%",
        "75%",
        "0%",
    ]
    assert "Weights of Wards" not in text
    assert "Weights of Clinics" not in printed("robustness", written(data()), "--programme", "x")


def test_without_groups_or_judgements_nothing_is_said_of_them(written: Written) -> None:
    text = printed("robustness", written(data()))
    assert not [
        word for word in ("disagree", "group", "contradict", "votes", "differ") if word in text
    ]
    told = json.loads(printed("robustness", written(data()), "--format", "json"))
    assert (told["groups"], told["agreement"], told["judgements"]) == ([], None, [])


def test_who_disagrees_names_each_groups_first_and_whom_most_could_accept(written: Written) -> None:
    text = printed("robustness", written(data(stakeholders=GROUPS)), "--format", "markdown")
    head, wards, clinics = cells(text, "Who disagrees")
    assert head[1:3] == [
        "First for Carers, 25% of the votes",
        "First for Payers, 75% of the votes",
    ]
    assert wards == [
        "Wards",
        "Ash",
        "Elm",
        "hardly agree, 0.00",
        "Elm: 1 of 2, 75% of the votes",
        "Carers: 33.8 points",
    ]  # 70 against 36.25
    assert clinics[0] == "Clinics"
    assert (
        "from 0, no common order of the partners, to 1, the same order in every group (Kendall's W)"
        in text
    )


def test_every_groups_ranking_stands_beside_ours(written: Written) -> None:
    text = printed(
        "robustness", written(data(stakeholders=GROUPS)), "--programme", "x", "--format", "markdown"
    )
    assert cells(text, "How each group ranks the partners")[1:] == [
        ["Wards", "Ash", "1", "1", "2"],
        ["", "Elm", "2", "2", "1"],
    ]


def test_the_groups_weights_carry_their_ranges_the_widest_difference_first(
    written: Written,
) -> None:
    text = printed("robustness", written(data(stakeholders=GROUPS)), "--format", "markdown")
    head, first, *_ = cells(text, "Where their weights differ most")
    assert head == [
        "Weight of",
        "From the worst",
        "To the best",
        "Carers",
        "Payers",
        "Percentage points apart",
    ]
    assert first == ["Care", "0 points", "100 points", "75%", "20%", "55"]
    assert "Care: 75% of the whole with Carers, 20% with Payers." in text
    assert "Payers: weights given as points." in text


def test_what_a_group_took_over_is_said_with_whose_it_is() -> None:
    text = printed("robustness", SHIPPED, "--samples", "0", "--programme", "culture")
    taken = "Handover to our own staff, Track record: as the criteria set has them."
    assert f"Service users and carers: weights given as an order of importance; {taken}" in text


def test_a_group_alone_has_nobody_to_agree_with(written: Written) -> None:
    text = printed("robustness", written(data(stakeholders={"carers": GROUPS["carers"]})))
    assert "First for Carers" in text
    assert "Kendall" not in text


def test_judgements_that_contradict_one_another_are_told_and_those_that_fit_are_not(
    written: Written,
) -> None:
    torn = {"carers": {"title": "Carers", "weights": PAIRS}}
    text = printed("robustness", written(data(stakeholders=torn)), "--format", "markdown")
    assert "The judgements of Carers contradict one another more than is accepted" in text
    fits = {
        "carers": {
            "title": "Carers",
            "weights": {
                **PAIRS,
                "judgements": {"care over price": 2, "price over speed": 2, "care over speed": 4},
            },
        }
    }
    assert "contradict" not in printed("robustness", written(data(stakeholders=fits)))
    (judged,) = json.loads(
        printed("robustness", written(data(stakeholders=torn)), "--format", "json")
    )["judgements"]
    assert (judged["path"], judged["acceptable"]) == ("stakeholders.carers.weights", False)
    assert judged["think_again"].startswith("stakeholders.carers.weights.judgements.")


def test_json_has_the_weights_of_all_of_programmes_and_of_groups_each_summing_to_one() -> None:
    told = shipped()
    owners = {(row["programme"], row["group"]) for row in told["weights"]}
    assert owners == {
        (None, None),
        ("culture", None),
        *((None, row["group"]) for row in told["groups"]),
    }
    for programme_id, group_id in owners:
        top = [
            row["whole"]
            for row in told["weights"]
            if (row["programme"], row["group"]) == (programme_id, group_id)
            and "." not in row["criterion"]
        ]
        assert sum(top) == pytest.approx(1, abs=1e-5)
    assert sum(row["voice"] for row in told["groups"]) == pytest.approx(1, abs=1e-5)


def test_agreement_read_aloud_explains_its_figure() -> None:
    words = [row["words"] for row in shipped()["agreement"]["programmes"]]
    assert all(
        "from 0 (no common order) to 1 (the same order), known as Kendall's W." in said
        for said in words
    )


def test_what_is_worth_finding_out_is_said_in_a_sentence() -> None:
    assert shipped()["worth_finding_out"]
    assert all(row["words"].endswith("of trials.") for row in shipped()["worth_finding_out"])


def test_how_often_the_leader_scores_highest_names_the_weights_it_speaks_of() -> None:
    text = printed("rank", SHIPPED, "--programme", "qms-foundation", *QUICK)
    assert "% of trials with weights within 25% of those given (" in text
    assert "% whatever the weights)" in text


def test_where_any_weights_are_drawn_the_share_is_said_once(written: Written) -> None:
    text = printed("rank", written(data(analysis={"samples": 500, "weights": "free"})))
    assert "% of trials with any weights at all." in text
    assert "whatever the weights" not in text


def test_rank_says_what_its_shares_are_shares_of() -> None:
    text = printed("rank", SHIPPED, *QUICK)
    assert (
        "Trials: 500 trials with weights within 25% of those given, each uncertain score anywhere"
        " in its range (seed 2021)." in text
    )
    assert (
        "A research funder agrees to meet half of the evaluation: granted in 40% of trials." in text
    )
    draws = json.loads(printed("rank", SHIPPED, *QUICK, "--format", "json"))["draws"]
    gates = [
        {"gate": "intensive-support", "likelihood": 0.8, "assumed": False},
        {"gate": "evaluation-grant", "likelihood": 0.4, "assumed": False},
    ]
    assert draws == {
        "samples": 500,
        "seed": 2021,
        "weight_set": "weights within 25% of those given",
        "gates": gates,
        "why_none": "",
    }


def test_without_draws_rank_says_so(written: Written) -> None:
    path = written(data())
    assert json.loads(printed("rank", path, "--format", "json"))["draws"] is None
    assert "Trials: No trials were run, so no shares are given." in printed("rank", path)


@pytest.mark.parametrize(
    ("share", "gated", "words"),
    [
        (0.99, 0.8, "99%, 80% if decisions vary"),
        (0.99, 0.985, "99%"),
        (0.99, None, "99%"),
        (None, None, ""),
    ],
)
def test_a_first_place_that_depends_on_a_decision_shows_both_shares(
    share: float | None, gated: float | None, words: str
) -> None:
    row = {"first_rank_share": share, "first_rank_share_with_gates": gated}
    assert highest_share_words(row) == words


def test_without_decisions_of_others_no_column_is_about_them(written: Written) -> None:
    asked = {"decided": {"title": "They agree", "status": "expected"}}
    for gates, is_there in (({}, False), (asked, True)):
        told = printed("robustness", written(data(gates=gates)), *QUICK, "--format", "markdown")
        assert "| Partner | First | Second |" in told
        assert ("1st, if decisions vary" in told) is is_there
        assert ("Not available" in told) is is_there
