"""The performance table: scores where one number is needed, computed criteria, and who is eligible, all worked by hand."""

from __future__ import annotations

import math

import pytest

from partnerselect.model import Criterion, Scenario
from partnerselect.value.performance import (
    COUNTING,
    ELSEWHERE,
    PerformanceTable,
    have_the_same_table,
    measured_anew,
    only_barred_by_gate,
    performance_table,
)
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

LEVELS = {"levels": {"poor": 0, "fair": 40, "good": 100}}
TEN = {"worst": 0, "best": 10}


def criterion(scale: Data, **rest: object) -> Data:
    return {
        "title": "Quality",
        "weight": 1,
        "scale": scale,
        **{key.rstrip("_").replace("_", "-"): value for key, value in rest.items()},
    }


def one(scale: Data, **rest: object) -> Data:
    """Return criteria with one leaf, `quality`."""
    return {"title": "Criteria", "criteria": {"quality": criterion(scale, **rest)}}


def scored(*scores: object, **rest: object) -> Data:
    """Return partners a, b, c … with these scores on `quality`."""
    return {
        name: partner(0, **rest) | {"title": name.upper(), "scores": {"quality": score}}
        for name, score in zip("abcdef", scores, strict=False)
    }


def table(
    partners: Data, criteria: Data, programmes: Data | None = None, **rest: object
) -> PerformanceTable:
    return performance_table(
        Scenario.from_data(
            scenario(partners, programmes or {"x": programme()}, criteria=criteria, **rest)
        )
    )


def values(partners: Data, criteria: Data) -> list[float]:
    """Return the partial values of the first programme on the only criterion."""
    found: list[float] = table(partners, criteria).values[0, :, 0].tolist()
    return found


@pytest.mark.parametrize(
    ("scale", "score", "value"),
    [
        (TEN, 7, 70),
        ({"worst": 1200, "best": 0}, 300, 75),
        ({"worst": -5, "best": 5}, -5, 0),
        ({"points": [[0, 0], [5, 70], [10, 100]]}, 2, 28),
        ({"points": [[0, 0], [5, 70], [10, 100]]}, 7.5, 85),
        ({"points": [[10, 0], [0, 100], [5, 70]]}, 7.5, 35),
        (LEVELS, "fair", 40),
        (TEN | {"beyond": "clip"}, 12, 100),
        (TEN | {"beyond": "clip"}, -3, 0),
    ],
)
def test_a_score_is_worth_what_its_scale_says(scale: Data, score: object, value: float) -> None:
    """Linear from worst to best in either direction.

    Through the points in any order; levels as stated; clipped where allowed.
    """
    assert values(scored(score), one(scale)) == pytest.approx([value])


@pytest.mark.parametrize(
    ("score", "value"),
    [
        ({"low": 2, "high": 8}, 50),
        ({"low": 2, "likely": 3, "high": 8}, 30),
        ({"score": 4}, 40),
        ("unknown", 50),
    ],
)
def test_of_a_range_the_likely_counts_else_the_middle_and_an_unknown_is_worth_50(
    score: object, value: float
) -> None:
    assert values(scored(score), one(TEN)) == pytest.approx([value])


def test_the_middle_of_two_levels_is_the_middle_of_their_values() -> None:
    """Poor 0, good 100: 50, although fair, the level between them, is 40."""
    assert values(scored({"low": "poor", "high": "good"}), one(LEVELS)) == pytest.approx([50])


@pytest.mark.parametrize(
    ("kind", "amount"),
    [("cost", 1050), ("own-cost", 420), ("cost-per-day", 105), ("own-cost-per-day", 42)],
)
def test_a_computed_criterion_is_what_delivering_everything_it_offers_would_cost(
    kind: str, amount: float
) -> None:
    """10 days · 100 + 50 a programme = 1,050, 105 a day.

    The trust pays 40% of it; what is paid once stays out.
    """
    ash = partner(
        0,
        cost={"per-day": 100, "per-programme": 50, "once": 999},
        funding={"payer": "nation", "covers": "60%"},
    ) | {"scores": {}}
    found = table({"ash": ash}, one({"worst": 2000, "best": 0}, from_=kind))
    assert found.scores[0, 0, 0] == pytest.approx(amount)
    assert found.values[0, 0, 0] == pytest.approx(100 - amount / 20)


@pytest.mark.parametrize(
    ("ratio", "marks"),
    [("lowest", [100, 40 / 0.44, 40 / 0.52]), ("highest", [40 / 0.52, 44 / 0.52, 100])],
)
def test_tenders_are_marked_by_the_lowest_or_the_highest_bid(
    ratio: str, marks: list[float]
) -> None:
    bids = {
        name: partner(0, cost={"per-programme": bid}) | {"scores": {}}
        for name, bid in (("ash", 40_000), ("elm", 44_000), ("oak", 52_000))
    }
    found = table(bids, one({"ratio": ratio}, from_="cost"))
    assert found.values[0, :, 0] == pytest.approx(marks)


def test_a_price_cut_in_a_what_if_is_marked_by_the_bids_as_they_were() -> None:
    bids = {
        name: partner(0, cost={"per-programme": bid}) | {"scores": {}}
        for name, bid in (("ash", 40), ("elm", 50))
    }
    data = scenario(bids, {"x": programme()}, criteria=one({"ratio": "lowest"}, from_="cost"))
    made = Scenario.from_data(data)
    changed = made.with_change("partners.elm.cost.per-programme", 20)
    assert performance_table(changed).values[0, :, 0] == pytest.approx([100, 100])
    assert measured_anew(changed, performance_table(changed)) != ()


def test_a_computed_criterion_counts_the_partners_own_days() -> None:
    """It takes 4 days where the programme says 10: 4 · 100 = 400, 100 a day."""
    ash = partner(0, cost={"per-day": 100}, for_={"x": {"days": {"work": 4}}}) | {"scores": {}}
    assert table({"ash": ash}, one({"worst": 2000, "best": 0}, from_="cost")).scores[
        0, 0, 0
    ] == pytest.approx(400)
    assert table({"ash": ash}, one({"worst": 2000, "best": 0}, from_="cost-per-day")).scores[
        0, 0, 0
    ] == pytest.approx(100)


def test_a_computed_score_beyond_its_scale_is_clipped_and_said() -> None:
    partners = {"ash": partner(0, cost={"per-day": 500}) | {"scores": {}}}
    found = table(partners, one({"worst": 2000, "best": 0}, from_="cost"))
    assert found.values[0, 0, 0] == 0
    assert "1 computed score outside 0 to 2,000, taken as the nearest end" in str(found.notices[0])


@pytest.mark.parametrize(
    ("scale", "score", "threshold", "eligible"),
    [
        (TEN, 5, 5, True),
        (TEN, 4.999, 5, False),
        ({"worst": 100, "best": 0}, 60, 60, True),
        ({"worst": 100, "best": 0}, 61, 60, False),
        (LEVELS, "fair", "fair", True),
        (LEVELS, "poor", "fair", False),
        (TEN, {"low": 0, "likely": 6, "high": 9}, 5, True),
        (TEN, {"low": 0, "high": 9}, 5, False),
    ],
)
def test_a_minimum_requirement_is_met_by_a_value_as_good_as_the_threshold(
    scale: Data, score: object, threshold: object, *, eligible: bool
) -> None:
    """On a falling scale `at-least: 60` means 60 or less.

    A range is judged by its nominal score.
    """
    assert table(scored(score), one(scale, at_least=threshold)).eligible[0, 0] == eligible


def test_an_unknown_score_does_not_meet_a_requirement_and_the_reason_says_what_would() -> None:
    found = table(scored("unknown", 2), one(TEN, at_least=5))
    assert not found.eligible.any()
    assert found.reasons["x", "a"] == (
        "Quality is not known, and at least 5 is required; it would qualify if that were shown.",
    )
    assert found.reasons["x", "b"] == ("Quality must be at least 5 (it scores 2).",)
    assert found.unproven == {("x", "a")}


def test_nobody_is_said_to_qualify_once_one_of_several_reasons_is_gone() -> None:
    barred = {**scored("unknown"), "b": partner(0) | {"title": "B", "scores": {"quality": 7}}}
    barred["a"]["excluded"] = "It withdrew"
    told = " ".join(table(barred, one(TEN, at_least=5)).reasons["x", "a"])
    assert "Quality is not known, and at least 5 is required." in told
    assert "qualify" not in told
    two = one(TEN, at_least=5)
    two["criteria"]["speed"] = criterion(TEN, at_least=5)
    both = scored("unknown", 7)
    for name, score in (("a", "unknown"), ("b", 7)):
        both[name]["scores"]["speed"] = score
    found = table(both, two)
    assert found.unproven == {("x", "a")}
    assert [
        one.endswith("; it would qualify if all of that were shown.")
        for one in found.reasons["x", "a"]
    ] == [False, True]


def test_who_is_barred_anyway_is_not_called_unproven() -> None:
    assert (
        table(scored("unknown", excluded="Conflict of interest"), one(TEN, at_least=5)).unproven
        == frozenset()
    )


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ({"excluded": "No longer trading"}, "Excluded: No longer trading."),
        ({"excluded": "No longer trading."}, "Excluded: No longer trading."),
        ({"for_": {"x": {"excluded": "Not here"}}}, "Excluded: Not here."),
        ({"gate": "door"}, "It depends on a decision that was refused: The door."),
        ({"methods": ["qms"]}, "Does not work in lean, the method this programme keeps to."),
    ],
)
def test_every_bar_has_its_sentence(rest: Data, reason: str) -> None:
    gates = {"door": {"title": "The door", "status": "refused"}}
    found = table(scored(5, **rest), one(TEN), {"x": programme(method="lean")}, gates=gates)
    assert found.reasons == {("x", "a"): (reason,)}


def test_one_partner_for_everything_must_offer_everything() -> None:
    partners = {
        "a": partner(0, "coach", "plan") | {"scores": {"quality": 5}},
        "b": partner(0, "plan") | {"scores": {"quality": 5}},
    }
    found = table(
        partners, one(TEN), {"x": programme({"coach": 3, "plan": 4}, partners={"max": 1})}
    )
    assert found.eligible.tolist() == [[True, False]]
    assert found.reasons["x", "b"] == (
        "Does not offer coach, and this programme takes one partner for everything.",
    )


@pytest.mark.parametrize(("direction", "worth"), [("more", [0, 50, 100]), ("less", [100, 50, 0])])
def test_a_local_scale_runs_from_the_worst_to_the_best_partner_here(
    direction: str, worth: list[float]
) -> None:
    """Scores 2, 4 and 6: the ends are 2 and 6, and 4 stands half way."""
    assert values(scored(2, 4, 6), one({"local": direction})) == pytest.approx(worth)


def test_the_ends_of_a_local_scale_leave_out_the_unknown_the_excluded_and_those_below_a_requirement() -> (
    None
):
    """Of 2, 4, 6, unknown and an excluded 100 the ends are 2 and 6.

    Of the rest the excluded one is clipped to 100.
    """
    partners = scored(2, 4, 6, "unknown", 100)
    partners["e"]["excluded"] = "out"
    assert values(partners, one({"local": "more"})) == pytest.approx([0, 50, 100, 50, 100])
    other = {"title": "Other", "weight": 1, "scale": TEN, "at-least": 5}
    criteria = {"title": "c", "criteria": {"quality": criterion({"local": "more"}), "other": other}}
    for name, score in zip("abcde", (9, 9, 1, 9, 9), strict=True):
        partners[name]["scores"]["other"] = score
    assert table(partners, criteria).ends[0, 0].tolist() == [2, 4]


def test_the_ends_of_a_local_scale_leave_out_whoever_is_below_the_minimum_of_a_branch() -> None:
    """`c`, worth 20 where 50 are asked, has the 100; of a branch with a local scale nobody asks."""
    leaf = {"title": "A leaf", "weight": 1, "scale": TEN}
    local = {**leaf, "scale": {"local": "more"}}

    def ends(record: Data) -> list[float]:
        within = {"handover": leaf, "record": record}
        branch = {"title": "Lasting", "weight": 1, "at-least": 50, "criteria": within}
        partners = {
            name: {
                **partner(0),
                "scores": {"price": price, "lasting.handover": lasts, "lasting.record": lasts},
            }
            for name, price, lasts in (("a", 2, 9), ("b", 6, 7), ("c", 100, 2))
        }
        criteria = {"title": "Two", "criteria": {"price": local, "lasting": branch}}
        return list(table(partners, criteria).ends[0, 0].tolist())

    assert ends(leaf) == [2, 6]
    assert ends(local) == [2, 100]


def test_a_programme_that_comes_later_has_its_own_ends_on_a_local_scale() -> None:
    loaded = Scenario.from_data(
        scenario(scored(2, 4, 6), {"x": programme()}, criteria=one({"local": "more"}))
    )
    raised = loaded.with_change("partners.c.scores.quality", 8)
    more = performance_table(raised.with_change("programmes.y", programme()))
    assert more.ends[:, 0].tolist() == [[2, 6], [2, 8]]


def test_only_a_partner_without_another_fault_waits_for_its_gate_alone() -> None:
    partners = scored(6, 6, 2, 2)
    gates = {
        "shut": {"title": "Shut", "status": "refused"},
        "open": {"title": "Open", "status": "confirmed"},
    }
    for name, gate in {"a": "shut", "b": "open", "c": "shut"}.items():
        partners[name]["gate"] = gate
    stated = Scenario.from_data(
        scenario(partners, {"x": programme()}, criteria=one(TEN, at_least=5), gates=gates)
    )
    found = performance_table(stated)
    assert [only_barred_by_gate(stated, found, 0, k) for k in range(4)] == [True, *[False] * 3]


def test_a_closed_gate_or_a_rule_does_not_move_the_ends_of_a_local_scale() -> None:
    """Whether the best partner is available changes who is chosen, not what the others are worth."""
    partners = scored(2, 4, 6)
    partners["c"]["gate"] = "door"
    gates = {"door": {"title": "The door", "status": "refused"}}
    found = table(
        partners, one({"local": "more"}), gates=gates, rules={"no": {"forbid": {"x": "a"}}}
    )
    assert found.values[0, :, 0] == pytest.approx([0, 50, 100])


def test_where_all_score_alike_each_counts_100_and_that_is_said() -> None:
    found = table(scored(4, 4), one({"local": "more"}))
    assert found.values[0, :, 0].tolist() == [100, 100]
    assert "all partners that could be chosen for A programme score the same" in str(
        found.notices[0]
    )
    assert "does not separate them" in str(found.notices[0])


@pytest.mark.parametrize("scores", [(4,), (4, "unknown"), ("unknown", "unknown")])
def test_of_one_alone_or_where_one_is_not_known_nothing_is_said_to_be_alike(
    scores: tuple[object, ...],
) -> None:
    assert table(scored(*scores), one({"local": "more"})).notices == ()


def test_a_what_if_does_not_move_the_ends_of_a_local_scale() -> None:
    """Loaded with 2, 4, 6, ends 2 and 6.

    A partner raised to 5 is worth (5 − 2) / 4, one raised to 9 is clipped to 100.
    """
    loaded = Scenario.from_data(
        scenario(scored(2, 4, 6), {"x": programme()}, criteria=one({"local": "more"}))
    )
    assert performance_table(loaded.with_change("partners.b.scores.quality", 5)).values[
        0, :, 0
    ] == pytest.approx([0, 75, 100])
    assert performance_table(loaded.with_change("partners.b.scores.quality", 9)).values[
        0, :, 0
    ] == pytest.approx([0, 100, 100])
    assert performance_table(loaded.with_change("partners.c.excluded", "out")).ends[
        0, 0
    ].tolist() == [2, 6]


def test_a_score_for_one_programme_stands_in_that_programme_only() -> None:
    partners = scored(5, for_={"y": {"scores": {"quality": 9}}})
    found = table(partners, one(TEN), {"x": programme(), "y": programme()})
    assert found.values[:, 0, 0] == pytest.approx([50, 90])


def test_unknown_is_kept_apart_from_a_middling_score() -> None:
    found = table(scored("unknown", 5), one(TEN))
    assert found.unknown[0, :, 0].tolist() == [True, False]
    assert math.isnan(found.scores[0, 0, 0])


MONEY = {"worst": 0, "best": 5_000_000, "unit": "£"}


@pytest.mark.parametrize(
    ("scale", "score", "threshold", "told"),
    [
        (MONEY, 1_999_999, 2_000_000, "at least £2,000,000 (it scores £1,999,999)"),
        ({"worst": 20, "best": 0, "unit": "weeks"}, 15, 12, "at most 12 weeks (it scores 15)"),
        ({"points": [[0, 100], [30, 0]]}, 15, 12, "at most 12 (it scores 15)"),
        ({"points": [[0, 0], [30, 100]]}, 11.5, 12, "at least 12 (it scores 11.5)"),
        (TEN, {"low": 1, "high": 3}, 5, "at least 5 (it scores 1 to 3)"),
        (LEVELS, "poor", "fair", "at least fair (it scores poor)"),
    ],
)
def test_a_requirement_is_told_in_full_and_in_the_direction_of_its_scale(
    scale: Data, score: object, threshold: object, told: str
) -> None:
    found = table(scored(score), one(scale, at_least=threshold))
    assert found.reasons["x", "a"] == (f"Quality must be {told}.",)


def branched(at_least: float, scores: Data, **rest: object) -> Scenario:
    """Return one partner on a branch of handover, weighing 3, and record, weighing 1."""
    leaf = {"title": "A leaf", "scale": TEN}
    branch = {
        "title": "Lasting effect",
        "weight": 0,
        "at-least": at_least,
        "criteria": {"handover": {**leaf, "weight": 3}, "record": {**leaf, "weight": 1}},
    }
    criteria = {"lasting": branch, "price": {**leaf, "weight": 1}}
    one = {**partner(0), "scores": {"price": 5, **scores}}
    programmes = {"x": programme(**rest.pop("of_x", {}))}  # type: ignore[arg-type]
    data = scenario({"a": one}, programmes, criteria={"title": "Two", "criteria": criteria}, **rest)
    return Scenario.from_data(data)


FOUR_EIGHT = {"lasting.handover": 4, "lasting.record": 8}
"""Worth (3 · 40 + 80) / 4 = 50."""


@pytest.mark.parametrize(
    ("at_least", "scores", "told"),
    [
        (50, FOUR_EIGHT, None),
        (50.01, FOUR_EIGHT, "at least 50.01 points (it is worth 50)."),
        (60, FOUR_EIGHT | {"lasting.record": 6}, "at least 60 points (it is worth 45)."),
        (60, {"lasting.handover": 6, "lasting.record": 5.999}, "at least 60 points (it is worth 59.998)."),
        (70, FOUR_EIGHT | {"lasting.record": "unknown"}, "at least 70 points (it is worth 42.5 with 50 for what is not known)."),
        (55, FOUR_EIGHT | {"lasting.record": "unknown"}, "at least 55 points (it is worth 42.5 with 50 for what is not known); it may qualify once that is known."),
    ],
)  # fmt: skip
def test_a_branch_below_its_minimum_is_told_with_its_value(
    at_least: float, scores: Data, told: str | None
) -> None:
    """The branch counts whatever its own weight, here none."""
    found = performance_table(branched(at_least, scores))
    assert found.eligible[0, 0] == (told is None)
    assert found.reasons.get(("x", "a"), (None,))[0] == (
        told and f"Lasting effect must be worth {told}"
    )
    assert found.unproven == ({("x", "a")} if told and "may qualify" in told else set())


def test_the_weights_within_a_branch_are_the_programmes_own_or_the_groups() -> None:
    """Only handover counts in the first, 40; in the second a third on handover, (40 + 160) / 3."""
    own = {"method": "direct", "points": {"lasting": 1, "price": 1}}
    own["branches"] = {"lasting": {"method": "direct", "points": {"handover": 1, "record": 0}}}
    (pair,) = performance_table(branched(41, FOUR_EIGHT, of_x={"weights": own})).reasons.values()
    assert pair == ("Lasting effect must be worth at least 41 points (it is worth 40).",)
    inside = {"lasting": {"method": "direct", "points": {"handover": 1, "record": 2}}}
    group = {"points": {"lasting": 1, "price": 3}, "branches": inside, "method": "direct"}
    grouped = branched(
        67,
        FOUR_EIGHT,
        stakeholders={"one": {"title": "One", "weights": group}},
        analysis={"base": "stakeholders"},
    )
    (pair,) = performance_table(grouped).reasons.values()
    assert pair == ("Lasting effect must be worth at least 67 points (it is worth 66.7).",)


def test_with_a_minimum_of_a_branch_the_table_rests_on_the_weights() -> None:
    stated = branched(50, FOUR_EIGHT)
    heavier = stated.with_change("criteria.lasting.handover.weight", 4)
    assert not have_the_same_table(stated, heavier)
    assert performance_table(stated).eligible[0, 0]
    assert not performance_table(heavier).eligible[0, 0]
    assert not have_the_same_table(stated, stated.with_change("criteria.lasting.at-least", 51))


def test_only_what_is_named_as_without_effect_leaves_the_table_as_it_is() -> None:
    assert Scenario.model_fields.keys() >= ELSEWHERE
    assert Criterion.model_fields.keys() >= COUNTING
    stated = Scenario.from_data(
        scenario(scored(3, 4), {"x": programme()}, criteria=one(TEN), limits={"budget": 5})
    )
    assert have_the_same_table(stated, stated.with_change("limits.budget", 9))
    assert have_the_same_table(stated, stated.with_change("criteria.quality.weight", 9))
    assert not have_the_same_table(stated, stated.with_change("criteria.quality.scale.best", 9))
    assert not have_the_same_table(stated, stated.with_change("partners.a.scores.quality", 9))
    assert not have_the_same_table(
        stated, stated.with_change("rules.barred", {"forbid": {"x": "a"}})
    )
