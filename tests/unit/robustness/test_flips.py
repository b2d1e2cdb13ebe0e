"""What would turn an order, worked by hand, and the sentence that says so."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from partnerselect.model.scenario import Scenario
from partnerselect.robustness.flip_points import Flip, Kind, flips, flips_between
from partnerselect.robustness.flip_sentences import _Sentences, outward, worded
from tests.unit.robustness.small import SCALE, compared, in_a_branch, partner, scenario

BOLD, EVEN = partner(100, 0, title="Bold"), partner(30, 80, title="Even")  # 60 against 50


def found(made: Scenario, kind: Kind) -> list[Flip]:
    return [flip for flip in flips(compared(made)) if flip.kind == kind]


def words(made: Scenario, kind: Kind) -> list[str]:
    return [item.words for item in worded(compared(made), found(made, kind))]


def test_a_weight_flips_where_the_two_are_level_and_the_figure_told_lies_beyond() -> None:
    made = scenario({"bold": BOLD, "even": EVEN})
    assert [flip.flip for flip in found(made, "weight")] == pytest.approx([80 / 150, 70 / 150])
    assert words(made, "weight") == [
        "If Reach weighed 53% instead of 60%, Even would lead.",
        "If Trust weighed 47% instead of 40%, Even would lead.",
    ]


def test_a_rival_that_beats_the_leader_but_not_all_is_not_said_to_lead() -> None:
    made = scenario({"bold": BOLD, "even": EVEN, "third": partner(20, 85, title="Third")})
    assert "If Reach weighed 51% instead of 60%, Third would come before Bold." in words(
        made, "weight"
    )


def test_a_rival_that_would_be_first_beside_another_is_said_to_be_level_with_it() -> None:
    twin = {**EVEN, "title": "Twin"}
    made = scenario({"bold": BOLD, "even": EVEN, "twin": twin})
    assert {
        "If Reach weighed 53% instead of 60%, Even would be first, level with Twin.",
        "If Reach weighed 53% instead of 60%, Twin would be first, level with Even.",
    } <= {*words(made, "weight")}
    gates = {"bold-stays": {"title": "Bold stays", "status": "confirmed"}}
    gated = scenario(
        {"bold": {**BOLD, "gate": "bold-stays"}, "even": EVEN, "twin": twin}, gates=gates
    )
    assert words(gated, "gate") == [
        "If “Bold stays” were refused, Even would be first, level with Twin."
    ]


def test_where_a_scale_ends_at_the_flip_the_two_are_said_to_be_level() -> None:
    made = scenario({"bold": BOLD, "even": EVEN})
    (flip, *_) = found(made, "weight")
    level = _Sentences(compared(made))._then(flip, np.array([50.0, 50.0 + 1e-12]))
    assert level == "Even would be level with Bold."


def test_the_least_change_of_weights_moves_from_the_leaders_best_to_the_rivals_best() -> None:
    made = scenario({"bold": BOLD, "even": EVEN})
    assert words(made, "weights") == [
        (
            "The least change of weights that brings Even level with Bold moves 6.7% of all weight"
            " from Reach to Trust."
        )
    ]


def test_one_score_of_either_can_turn_the_order() -> None:
    made = scenario({"bold": BOLD, "even": EVEN})
    # Bold leads by 10: 10/0.6 = 16.67 of reach, 10/0.4 = 25 of trust, which Even does not
    # have room for.
    assert {(flip.partner, flip.subject): flip.flip for flip in found(made, "score")} == {
        ("even", "reach"): pytest.approx(46.6667, abs=1e-4),
        ("bold", "reach"): pytest.approx(83.3333, abs=1e-4),
    }
    assert words(made, "score") == [
        "If Bold scored 83 instead of 100 on Reach, Even would lead.",
        "If Even scored 47 instead of 30 on Reach, it would lead.",
    ]


def test_a_score_nobody_knows_is_told_from_where_it_would_turn_the_order() -> None:
    made = scenario(
        {"known": partner(60, 50, title="Known"), "unseen": partner("unknown", 50, title="Unseen")}
    )
    assert (
        "If Unseen turned out to score 61 or more on Reach, which is not yet known, it would lead."
        in words(made, "score")
    )


def test_a_level_is_named_and_a_score_for_one_programme_is_found_where_it_stands() -> None:
    trust = {
        "title": "Trust",
        "weight": 40,
        "scale": {"levels": {"poor": 0, "fair": 50, "good": 100}},
    }
    criteria = {
        "title": "Two",
        "criteria": {"reach": {"title": "Reach", "weight": 60, "scale": SCALE}, "trust": trust},
    }
    behind = partner(50, "poor", title="Behind", **{"for": {"one": {"scores": {"trust": "fair"}}}})
    made = scenario(
        {"ahead": partner(60, "fair", title="Ahead"), "behind": behind}, criteria=criteria
    )
    (flip,) = (
        item
        for item in found(made, "score")
        if item.partner == "behind" and item.subject == "trust"
    )
    assert (flip.path, flip.flip) == ("partners.behind.for.one.scores.trust", "good")
    assert 'If Behind scored "good" instead of "fair" on Trust, it would lead.' in words(
        made, "score"
    )


def test_at_a_level_a_score_and_a_price_for_a_programme_are_found_where_the_file_has_them() -> None:
    price = {
        "title": "Price",
        "weight": 60,
        "from": "cost-per-day",
        "scale": {"worst": 100, "best": 0},
    }
    trust = {"title": "Trust", "weight": 40, "scale": SCALE}
    there = {"one": {"scores": {"trust": 40}, "cost": {"per-day": 50}}}
    partners = {
        name: {"title": name.title(), "offers": ["help"], "scores": {"trust": score}}
        for name, score in (("ahead", 60), ("behind", 20))
    }
    partners["ahead"]["cost"] = {"per-day": 40}
    partners["behind"] |= {"cost": {"per-day": 90}, "for": there}
    doses = {
        "part": {"title": "Part", "worth": "50%", "needs": {"help": 2}},
        "whole": {"title": "Whole", "worth": "100%", "needs": {"help": 10}},
    }
    made = scenario(
        partners,
        criteria={"title": "Two", "criteria": {"price": price, "trust": trust}},
        programmes={"one": {"title": "One", "levels": doses}},
    )
    paths = {one.path for one in flips(compared(made, "one.part")) if one.partner == "behind"}
    assert paths >= {
        "partners.behind.for.one.scores.trust",
        "partners.behind.for.one.cost.per-day",
    }
    assert not [path for path in paths if path and "part" in path.split(".")]


def test_a_leader_that_a_requirement_would_bar_first_is_not_said_to_be_overtaken() -> None:
    made = scenario({"bold": BOLD, "even": EVEN}).with_change("criteria.reach.at-least", 90)
    assert found(made, "score") == []
    nearly = scenario({"bold": BOLD, "even": EVEN}).with_change("criteria.reach.at-least", 20)
    assert ("bold", "reach") in {(flip.partner, flip.subject) for flip in found(nearly, "score")}


@pytest.mark.parametrize(("at_least", "flips"), [(59, 1), (61, 0)])
def test_nobody_is_overtaken_at_weights_at_which_a_branch_would_be_worth_too_little(
    at_least: float, flips: int
) -> None:
    """68 and 64 with 60% on reach; with 50% both are worth 60."""
    made = in_a_branch({"bold": partner(100, 20), "even": partner(80, 40)}, at_least)
    assert [len(found(made, kind)) for kind in ("weight", "weights")] == [2 * flips, flips]


@pytest.mark.parametrize(
    ("at_least", "turned"),
    [(53, {"trust", "lasting.reach", "lasting.record"}), (54, {"trust"})],
)
def test_a_leader_that_a_minimum_of_a_branch_would_bar_first_is_not_said_to_be_overtaken(
    at_least: float, turned: set[str]
) -> None:
    """Bold's branch is worth 62 and Even's 80; Bold leads by 61.2 to 56 until it has lost 8.67 of 62."""
    leaf = {"title": "A leaf", "weight": 1, "scale": SCALE}
    branch = {"title": "Lasting", "weight": 60, "criteria": {"reach": leaf, "record": leaf}}
    criteria = {"lasting": {**branch, "at-least": at_least}, "trust": {**leaf, "weight": 40}}

    def scored(reach: int, record: int, trust: int) -> dict[str, Any]:
        scores = {"lasting.reach": reach, "lasting.record": record, "trust": trust}
        return {"title": "Partner", "offers": ["help"], "scores": scores}

    partners = {"bold": scored(64, 60, 60), "even": scored(80, 80, 20)}
    made = scenario(partners, criteria={"title": "Three", "criteria": criteria})
    assert turned == {flip.subject for flip in found(made, "score") if flip.partner == "bold"}


PRICED = {"title": "Two", "criteria": {"reach": {"title": "Reach", "weight": 50, "scale": SCALE}}}
PRICED["criteria"]["cost"] = {  # type: ignore[index]
    "title": "Cost",
    "weight": 50,
    "from": "own-cost-per-day",
    "scale": {"worst": 1000, "best": 0},
}


def priced(reach: int, price: float, **more: Any) -> dict[str, Any]:
    return {
        "title": more.pop("title", "Partner"),
        "offers": ["help"],
        "cost": {"per-day": price},
        "scores": {"reach": reach},
        **more,
    }


def test_a_mark_in_proportion_to_the_lowest_is_turned_on_its_curve() -> None:
    """80 and 100 · 40 / 50 = 80 against 50 and 100: level where the mark is 70, at 40 / 0.7.

    Cheap has 100 already and could not be marked higher. Straight between 40 and 50, dear's mark
    would never come to 70 for a score of 57.14.
    """
    criteria = {"title": "Two", "criteria": {"reach": PRICED["criteria"]["reach"]}}  # type: ignore[index]
    criteria["criteria"]["price"] = {"title": "Price", "weight": 50, "scale": {"ratio": "lowest"}}  # type: ignore[index]
    bids = {"dear": (80, 50), "cheap": (50, 40)}
    made = scenario(
        {
            name: priced(reach, 1) | {"scores": {"reach": reach, "price": price}}
            for name, (reach, price) in bids.items()
        },
        criteria=criteria,
    )
    flips = {flip.partner: flip.flip for flip in found(made, "score") if flip.subject == "price"}
    assert flips == {"dear": pytest.approx(40 / 0.7)}


def test_a_figure_marked_in_proportion_is_never_told_as_nothing() -> None:
    """A file with 0 would be refused: all that is marked in proportion is more than 0.

    40 + 50 falls to the 30 + 50 · 2 / 8 of Even at a merit of 0.4, and 40 + 50 · 0.5 / 2 rises to
    the 30 + 50 of Ash at a price of 0.5 / 0.8.
    """
    criteria = {"title": "Two", "criteria": {"reach": PRICED["criteria"]["reach"]}}  # type: ignore[index]
    criteria["criteria"]["merit"] = {"title": "Merit", "weight": 50, "scale": {"ratio": "highest"}}  # type: ignore[index]
    partners = {
        name: priced(reach, 1, title=name.title()) | {"scores": {"reach": reach, "merit": merit}}
        for name, reach, merit in (("bold", 80, 8), ("even", 60, 2))
    }
    merits = words(scenario(partners, criteria=criteria), "score")
    assert "If Bold scored 0.3 instead of 8 on Merit, Even would lead." in merits
    del criteria["criteria"]["merit"]  # type: ignore[attr-defined]
    criteria["criteria"]["price"] = {  # type: ignore[index]
        "title": "Price",
        "weight": 50,
        "from": "cost",
        "scale": {"ratio": "lowest"},
    }
    bids = {"ash": priced(60, 0.5, title="Ash"), "elm": priced(80, 2, title="Elm")}
    prices = words(scenario(bids, criteria=criteria), "price")
    assert "If Elm charged a day rate of £0.60 instead of £2.00, it would lead." in prices


@pytest.mark.parametrize("is_usual", [False, True])
def test_of_a_bid_for_the_whole_programme_the_bid_itself_is_turned(*, is_usual: bool) -> None:
    """82 and 100 against 90 and 40 / 0.44 at 60:40: 89.2 to 90.4; level at 40,000 / 0.88."""
    criteria = {"title": "Tender", "criteria": {"quality": {"title": "Quality", "weight": 60}}}
    criteria["criteria"]["quality"]["scale"] = SCALE  # type: ignore[index]
    criteria["criteria"]["price"] = {  # type: ignore[index]
        "title": "Price",
        "weight": 40,
        "from": "cost",
        "scale": {"ratio": "lowest"},
    }
    bids = {
        name: (name.title(), quality, {"cost": {"per-programme": bid}})
        for name, quality, bid in (("ash", 82, 40_000), ("bell", 90, 44_000))
    }
    made = scenario(
        {
            name: {
                "title": title,
                "offers": ["help"],
                "scores": {"quality": quality},
                **(costs if is_usual else {"for": {"one": costs}}),
            }
            for name, (title, quality, costs) in bids.items()
        },
        criteria=criteria,
    )
    (flip,) = found(made, "price")
    where = "" if is_usual else "for.one."
    assert (flip.path, flip.today) == (f"partners.bell.{where}cost.per-programme", 44_000)
    assert flip.flip == pytest.approx(40_000 / 0.88)
    assert words(made, "price") == [
        "If Bell charged £45,455 for the programme instead of £44,000, Ash would lead."
    ]


def test_a_price_for_the_programme_turns_the_order_in_the_place_of_the_usual_one() -> None:
    dear = priced(80, 2000, title="Dear", **{"for": {"one": {"cost": {"per-day": 600}}}})
    made = scenario({"dear": dear, "cheap": priced(50, 400, title="Cheap")}, criteria=PRICED)
    flip = next(flip for flip in found(made, "price") if flip.partner == "dear")
    assert (flip.path, flip.today) == ("partners.dear.for.one.cost.per-day", 600)
    assert flip.flip == pytest.approx(700)


def test_a_price_turns_the_order_through_the_criterion_computed_from_it() -> None:
    made = scenario(
        {"dear": priced(80, 600, title="Dear"), "cheap": priced(50, 400, title="Cheap")},
        criteria=PRICED,
    )  # 60 against 55
    assert {flip.partner: flip.flip for flip in found(made, "price")} == {
        "dear": pytest.approx(700),
        "cheap": pytest.approx(300),
    }
    assert words(made, "price") == [
        "If Dear charged a day rate of £701 instead of £600, Cheap would lead.",
        "If Cheap charged a day rate of £299 instead of £400, it would lead.",
    ]


def test_a_price_that_somebody_else_pays_turns_nothing() -> None:
    made = scenario(
        {
            "dear": priced(80, 600, funding={"payer": "donor", "covers": "100%"}),
            "cheap": priced(50, 400),
        },
        criteria=PRICED,
    )
    assert "dear" not in {flip.partner for flip in found(made, "price")}


@pytest.mark.parametrize(("status", "turned"), [("expected", "refused"), ("unknown", "confirmed")])
def test_a_gate_turns_the_order_by_closing_the_leader_or_opening_a_better_one(
    status: str, turned: str
) -> None:
    gates = {"grant": {"title": "The grant is made", "status": status}}
    made = scenario(
        {
            "best": partner(90, 90, gate="grant", title="Best"),
            "next": partner(50, 50, title="Next"),
        },
        gates=gates,
    )
    other = "Next" if status == "expected" else "Best"
    assert words(made, "gate") == [f"If “The grant is made” were {turned}, {other} would lead."]


def test_a_dominated_rival_has_only_its_scores_to_turn_the_order() -> None:
    made = scenario({"best": partner(90, 90), "worse": partner(80, 80)})
    assert {flip.kind for flip in flips(compared(made))} == {"score"}


def test_the_order_of_any_two_can_be_asked_whoever_leads() -> None:
    made = scenario({"best": partner(95, 95), "bold": BOLD, "even": EVEN})
    between = flips_between(compared(made), ("even", "bold"))
    assert {(flip.leader, flip.rival) for flip in between} == {("bold", "even")}


def test_flips_come_by_kind_and_the_nearest_first() -> None:
    made = scenario({"bold": BOLD, "even": EVEN, "third": partner(20, 85)})
    distances = [flip.distance for flip in found(made, "weight")]
    assert distances == sorted(distances)


@pytest.mark.parametrize(
    ("level", "today", "rises", "shown"),
    [
        (30.2, 24.0, True, "31"),
        (31.0, 24.0, True, "32"),  # at 31 the two are only level
        (17.8, 24.0, False, "17"),
        (24.2, 24.0, True, "24.3"),
        (10.98, 11.03, False, "10.97"),
        (
            99.7,
            60.0,
            True,
            "99.8",
        ),  # 100 would be further beyond the flip than need be, and is the end of the scale
        (0.4, 20.0, False, "0"),
        (40.0, 40.0, True, "41"),  # level today: any step turns the order
        (200 / 3, 200 / 3, True, "68"),  # and 67 is how today's is told
        (200 / 3, 200 / 3, False, "66"),
    ],
)
def test_a_figure_is_rounded_away_from_today_and_no_finer_than_need_be(
    level: float, today: float, *, rises: bool, shown: str
) -> None:
    figure, decimals = outward(level, today, rises=rises, least=0, most=99.9)
    assert f"{figure:.{decimals}f}" == shown
    assert (figure > level) if rises else (figure < level)


@pytest.mark.parametrize(
    ("best", "told"),
    [
        (1, "If Bold scored 0.9 instead of 1 on Reach, Even would lead."),
        (4, "If Bold scored 3 instead of 4 on Reach, Even would lead."),
        (0.05, "If Bold scored 0.04 instead of 0.05 on Reach, Even would lead."),
    ],
)
def test_a_figure_on_a_short_scale_is_not_rounded_to_the_end_of_it(best: float, told: str) -> None:
    """Bold and Even are level, so that the least step turns their order."""
    scale = {"worst": 0, "best": best}
    criteria = {
        name: {"title": name.title(), "weight": 1, "scale": scale} for name in ("reach", "trust")
    }
    both = {"title": "Two", "criteria": criteria}
    partners = {"bold": partner(best, 0, title="Bold"), "even": partner(0, best, title="Even")}
    assert told in words(scenario(partners, criteria=both), "score")


LOCAL_REACH = {
    "title": "Two",
    "criteria": {
        "reach": {"title": "Reach", "weight": 40, "scale": {"local": "more"}},
        "trust": {"title": "Trust", "weight": 60, "scale": SCALE},
    },
}


def with_local_reach(even: float) -> Scenario:
    """Bold is worth 40, Even 39.6 and Low nothing, where reach is measured from Low to Bold."""
    trust = (39.6 - 40 * even / 5) / 0.6
    partners = {
        "bold": partner(5, 0, title="Bold"),
        "even": partner(even, trust, title="Even"),
        "low": partner(0, 0, title="Low"),
    }
    return scenario(partners, criteria=LOCAL_REACH)


@pytest.mark.parametrize(("even", "stays"), [(0, True), (4, False)])
def test_a_flip_on_a_local_scale_says_where_an_edited_file_would_differ(
    even: float, *, stays: bool
) -> None:
    """With 4.9 instead of 5 Bold is still the best on reach, and worth 100, in a file of its own.

    Even, the worst, gains nothing by that; not the worst, it moves up: 40 · 4 / 4.9 is 32.7.
    """
    made = with_local_reach(even)
    [told] = [
        one.words
        for one in worded(compared(made), found(made, "score"))
        if (one.flip.partner, one.flip.subject) == ("bold", "reach")
    ]
    assert told.startswith("If Bold scored 4.9 instead of 5 on Reach, Even would lead.")
    assert ("and Bold would stay ahead" in told) is stays


@pytest.mark.parametrize(
    ("trust", "third", "told"),
    [
        # 40 each; with 4 instead of 5 Bold is still the best on reach
        (200 / 3, 0, "4 instead of 5 on Reach, Even would lead.{but} the two would be level."),
        # 40 against 32; with 3, Third's 3.9 is the best on reach: 40.6, Even 32, Bold 30.8
        (160 / 3, 3.9, "3 instead of 5 on Reach, Even would lead.{but} Third would lead."),
    ],
)
def test_who_leads_in_an_edited_file_is_whoever_does(trust: float, third: float, told: str) -> None:
    partners = {
        "bold": partner(5, 0, title="Bold"),
        "even": partner(0, trust, title="Even"),
        "third": partner(third, 1, title="Third"),
    }
    but = (
        " This keeps the ends of local scales as they are now; in a file with this figure they move,"
        " and"
    )
    made = scenario(partners, criteria=LOCAL_REACH)
    assert f"If Bold scored {told.format(but=but)}" in words(made, "score")


@pytest.mark.parametrize(
    ("path", "value", "stays"),
    [("partners.low.excluded", "Gone", True), ("partners.low.scores.reach", -5, False)],
)
def test_a_flip_of_a_changed_scenario_says_where_a_file_with_both_changes_would_differ(
    path: str, value: object, *, stays: bool
) -> None:
    """Without Low a file measures reach from Even to Bold: Even is worth little, whatever its trust.

    From a Low of -5, Even's 4 is worth 90 instead of 80.
    """
    changed = with_local_reach(4).with_change(path, value)
    [told] = [
        one
        for one in worded(compared(changed), found(changed, "score"))
        if (one.flip.partner, one.flip.subject) == ("even", "trust")
    ]
    shown = re.match(r"If Even scored ([0-9.]+) instead", told.words)
    assert shown is not None
    file = changed.with_change(str(told.flip.path), float(shown[1])).as_file()
    assert (compared(file).partners[compared(file).leaders[0]] == "bold") is stays
    assert ("and Bold would stay ahead" in told.words) is stays
