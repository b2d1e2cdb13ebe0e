"""One scenario for each family of constraints, as small as it can be: nothing else is limited in it."""

from __future__ import annotations

from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

TWO_PHASES = {name: PHASES[name] for name in ("first", "second")}
PRICES = {"per-day": 100, "per-programme": 50, "once": 200}
ONE = {"ash": partner(80)}
TWO = {"ash": partner(80), "elm": partner(60)}
PAIR = {"x": programme(), "y": programme()}
TEAM = programme(internal_days=6)
SPLIT = programme({"coach": 4, "plan": 6})
EITHER = {"ash": partner(80, "coach", "plan"), "elm": partner(60, "coach", "plan")}
CHEAP = {"per-day": 40, "once": 50}
FUNDED = partner(60, cost=CHEAP, funding={"payer": "nation", "covers": "60%"})
TOPPED_UP = partner(80, cost=CHEAP, funding={"payer": "nation", "covers": "60%", "top-up": "us"})
IN_DOSES: Data = {
    "title": "in doses",
    "levels": {
        "pilot": {"title": "pilot", "worth": "40%", "needs": {"work": 4}},
        "whole": {"title": "whole", "worth": "100%", "needs": {"work": 10}},
    },
}
METHODS = {"ash": partner(80, methods=["lean"]), "elm": partner(60, methods=["lean", "qms"])}

FAMILIES: dict[str, Data] = {
    "assignment": scenario(EITHER, {"x": SPLIT}),
    "baseline": scenario(ONE, {"x": programme(baseline=30)}),
    "mandatory": scenario(ONE, {"x": programme(mandatory=True)}),
    "capacity-total": scenario({"ash": partner(80, capacity=9)}, {"x": programme()}),
    "capacity-by-phase": scenario(
        {"ash": partner(80, capacity={"first": 4, "second": "unlimited"})},
        {"x": programme()},
        phases=TWO_PHASES,
    ),
    "capacity-days-of-its-own": scenario(
        {"ash": partner(80, capacity=9, for_={"x": {"days": {"work": 7}}})}, {"x": programme()}
    ),
    "budget": scenario(
        {"ash": partner(80, cost=PRICES)}, {"x": programme()}, limits={"budget": 1000}
    ),
    "budget-by-phase-with-once": scenario(
        {"ash": partner(80, cost=PRICES)},
        {"x": programme(phases=["second"]), "y": programme(phases=["first"])},
        phases=TWO_PHASES,
        limits={"budget": {"first": 1000, "second": "unlimited"}},
    ),
    "funds": scenario(
        {"ash": partner(80, cost=PRICES, funding={"payer": "nation", "covers": "60%"})},
        {"x": programme()},
        limits={"funds": {"nation": 500}},
    ),
    "internal-days": scenario(ONE, {"x": TEAM}, limits={"internal-days": 5}),
    "internal-days-by-phase": scenario(
        ONE, {"x": TEAM}, phases=TWO_PHASES, limits={"internal-days": {"first": 2, "second": 9}}
    ),
    "backfill": scenario(
        ONE,
        {"x": TEAM},
        phases=TWO_PHASES,
        limits={
            "internal-days": {"first": 2, "second": 9},
            "backfill": {"per-day": 250, "max-days": 1},
            "budget": {"first": 200, "second": 0},
        },
    ),
    "backfill-of-a-total": scenario(
        ONE,
        {"x": TEAM},
        phases=TWO_PHASES,
        limits={
            "internal-days": 5,
            "backfill": {"per-day": 250},
            "budget": {"first": 0, "second": 300},
        },
    ),
    "backfill-in-all-and-by-phase": scenario(
        ONE,
        {"x": TEAM},
        phases=TWO_PHASES,
        limits={
            "internal-days": {"in-all": 5, "first": 3},
            "backfill": {"per-day": 250},
            "budget": {"in-all": 900, "second": 300},
        },
    ),
    "top-up": scenario(
        {"ash": TOPPED_UP, "elm": FUNDED},
        {"x": programme()},
        limits={"funds": {"nation": 200}, "budget": 250},
    ),
    "top-up-in-order-of-date": scenario(
        {"ash": TOPPED_UP, "elm": FUNDED},
        {"x": programme()},
        phases=TWO_PHASES,
        limits={
            "funds": {"nation": {"in-all": 200, "first": 120}},
            "budget": {"first": 130, "second": 140},
        },
    ),
    "partners-of-a-programme-min": scenario(EITHER, {"x": SPLIT | {"partners": {"min": 2}}}),
    "partners-of-a-programme-max": scenario(EITHER, {"x": SPLIT | {"partners": {"max": 1}}}),
    "partners-of-the-portfolio": scenario(TWO, PAIR, limits={"partners": {"max": 1}}),
    "programmes-per-partner": scenario(TWO, PAIR, limits={"programmes-per-partner": 1}),
    "share-per-partner": scenario(
        TWO, {"x": programme(), "y": programme(30)}, limits={"share-per-partner": "75%"}
    ),
    "least-engagement": scenario(
        {"ash": partner(80, engagement={"min-days": 25}), "elm": partner(60)},
        {"x": programme(), "y": programme(20)},
    ),
    "methods": scenario(
        METHODS, {"x": programme(), "y": programme(method="qms")}, limits={"methods": 1}
    ),
    "require": scenario(TWO, {"x": programme()}, rules={"fixed": {"require": {"x": "elm"}}}),
    "forbid": scenario(TWO, {"x": programme()}, rules={"barred": {"forbid": {"x": "ash"}}}),
    "together": scenario(EITHER, {"x": SPLIT}, rules={"pair": {"together": ["ash", "elm"]}}),
    "together-anywhere": scenario(
        TWO, PAIR, rules={"pair": {"together": ["ash", "elm"], "anywhere": True}}
    ),
    "apart": scenario(EITHER, {"x": SPLIT}, rules={"clash": {"apart": ["ash", "elm"]}}),
    "apart-anywhere": scenario(
        TWO, PAIR, rules={"clash": {"apart": ["ash", "elm"], "anywhere": True}}
    ),
    "before": scenario(ONE, PAIR, rules={"order": {"before": ["x", "y"]}}),
    "only-one": scenario(ONE, PAIR, rules={"rivals": {"only-one": ["x", "y"]}}),
    "at-least-run": scenario(
        ONE, PAIR, rules={"some": {"at-least-run": {"of": ["x", "y"], "run": 1}}}
    ),
    "levels": scenario(
        TWO,
        {"x": {**IN_DOSES, "mandatory": True}, "y": IN_DOSES},
        committed={"y": {"level": "pilot", "work": "elm"}},
    ),
    "commitment": scenario(TWO, {"x": programme()}, committed={"x": {"work": "elm"}}),
    "past-phase": scenario(
        ONE,
        {"x": programme(phases=["first"]), "y": programme(phases=["second"])},
        phases=TWO_PHASES,
        as_at="2022-04-01",
    ),
    "least-cost": scenario(
        {"ash": partner(80, cost=PRICES), "elm": partner(60)},
        {"x": programme()},
        aim={"least-cost": {"value-at-least": 70}},
    ),
    "groups": scenario(
        {
            "ash": partner(80, cost=PRICES, tags=["local"]),
            "elm": partner(60, cost=PRICES, tags=["large"]),
        },
        PAIR,
        limits={
            "groups": {
                "near": {
                    "tag": "local",
                    "days": {"min": "20%"},
                    "money": {"max": "60%"},
                    "partners": {"min": 1},
                    "programmes": {"min": 1},
                },
                "few-large": {"tag": "large", "partners": {"max": 1}, "programmes": {"max": 1}},
            }
        },
    ),
    "changes": scenario(
        TWO,
        {
            "x": programme(internal_days=6, today="elm", change={"cost": 400, "internal-days": 2}),
            "y": programme(today="ash"),
        },
        limits={"changes": 1, "internal-days": 7, "budget": 500},
    ),
}
