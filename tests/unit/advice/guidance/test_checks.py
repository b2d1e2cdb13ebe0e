"""What good practice asks for: each check finds its fault, and falls silent once it is mended."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from partnerselect.advice import examine, findings, practice
from partnerselect.advice.guidance import Finding
from partnerselect.model.scenario import Scenario
from tests.oracle.plain import partner, programme, scenario

Data = dict[str, Any]
SCALE = {"worst": 0, "best": 10}


def found(data: Data) -> dict[str, list[Finding]]:
    """Return the findings of a scenario by check."""
    told: dict[str, list[Finding]] = {}
    for finding in findings(examine(Scenario.from_data(data))):
        told.setdefault(finding.id, []).append(finding)
    return told


def sound() -> Data:
    """Return a scenario that leaves nothing to ask for."""
    evidence = {"evidence": "A visit", "source": "Report 7", "published": "2021-01-31"}
    return {
        "format": 1,
        "title": "Sound",
        "about": "Whom to work with.",
        "as-at": "2021-07-28",
        "criteria": {
            "title": "What matters",
            "about": "Agreed in a workshop.",
            "criteria": {
                "value": {
                    "title": "Value",
                    "asks": "How much better?",
                    "weight": 60,
                    "scale": dict(SCALE),
                },
                "trust": {
                    "title": "Trust",
                    "asks": "How open?",
                    "weight": 40,
                    "scale": dict(SCALE),
                },
                "price": {
                    "title": "Cost per day",
                    "asks": "What does a day cost us?",
                    "weight": 20,
                    "from": "cost-per-day",
                    "scale": {"worst": 900, "best": 0},
                },
            },
        },
        "gates": {"invited": {"title": "We are invited", "status": "expected", "likelihood": 0.7}},
        "partners": {
            "ash": {
                "title": "Ash",
                "offers": ["work"],
                "gate": "invited",
                "cost": {"per-day": 500},
                "scores": {
                    "value": {"low": 6, "high": 8, **evidence},
                    "trust": {"score": 4, **evidence},
                },
            },
            "elm": {
                "title": "Elm",
                "offers": ["work"],
                "cost": {"per-day": 300},
                "scores": {"value": {"score": 5, **evidence}, "trust": {"score": 8, **evidence}},
            },
        },
        "programmes": {
            "wards": {
                "title": "Wards",
                "needs": {"work": 10},
                "baseline": 10,
                "internal-days": 5,
                "sponsor": "Chief nurse",
                "review": "2022-01-05",
            },
        },
        "limits": {"budget": 9000, "internal-days": 20},
        "stakeholders": {
            "staff": {
                "title": "Staff",
                "weights": {"method": "swing", "points": {"value": 50, "trust": 60, "price": 10}},
            }
        },
        "paper": {
            "cover": {
                "body": "Board",
                "date": "2021-07-28",
                "item": 3,
                "author": "Manager",
                "director": "Director",
            },
            "recommendation": {
                "ask": "approval",
                "text": "The Board is recommended to approve Ash.",
            },
            "priorities": {"safety": {"title": "Safe care", "affected": "yes"}},
            "compliance": {"care": {"title": "Care standard", "applies": "yes"}},
            "considered": {
                "money": {"title": "Money", "considered": "yes", "text": "See section 4."}
            },
            "text": {
                "background": "We begin.",
                "opportunities": "There is skill.",
                "challenges": "Time is short.",
            },
            "risks": {
                "still": {
                    "title": "Nothing changes",
                    "option": "none",
                    "likelihood": 3,
                    "impact": 4,
                    "mitigation": "Begin small.",
                }
            },
            "measures": {
                "falls": {
                    "title": "Falls",
                    "baseline": 12,
                    "target": 8,
                    "by": "2022-07-31",
                    "owner": "Chief nurse",
                }
            },
            "engagement": {"talks": {"title": "Talks", "date": "2021-06-01", "who": ["staff"]}},
            "implications": {
                "aims": {"text": "Serves safe care."},
                "equality": {
                    "text": "No group is left out.",
                    "reference": "Assessment of June 2021",
                },
                "culture": {"text": "Open."},
                "system": {"text": "Shared."},
                "legal": {"text": "No implication."},
            },
        },
    }


def test_a_cheaper_partner_is_not_called_one_that_could_be_left_out() -> None:
    """Dear scores better on everything; without Cheap nothing could be paid for."""
    case = scenario(
        {"cheap": partner(50, cost={"per-day": 100}), "dear": partner(90, cost={"per-day": 150})},
        {"a": programme()},
        limits={"budget": 1200},
    )
    assert "dominated" not in found(case)


def test_a_sound_scenario_is_told_nothing() -> None:
    assert found(sound()) == {}


def test_and_meets_both_checklists_but_for_what_a_file_cannot_show() -> None:
    seen = examine(Scenario.from_data(sound()))
    items = practice(seen, findings(seen))
    assert [(item.item, item.state) for item in items if item.state != "met"] == [
        ("3b", "not met"),
        ("4b", "not met"),
    ]
    assert len(items) == 17 + 8
    assert all(item.why for item in items)


FAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "nobody to compare with": ("two-options", "warning", {"partners.elm": None}),
    "doing nothing is not valued": ("do-nothing", "warning", {"programmes.wards.baseline": None}),
    "a partner that another never falls behind": ("dominated", "note", {"partners.elm.scores.value": 9}),
    "two partners of one title": ("titles", "warning", {"partners.elm.title": "Ash"}),
    "weights that add to 99": ("adds-up", "note", {"criteria.criteria.price.weight": 9, "criteria.criteria.trust.weight": 30}),
    "points of a group that add to 100.4": ("adds-up", "note", {"stakeholders.staff.weights.points": {"value": 50, "trust": 40.4, "price": 10}}),
    "a payer without a fund beside one that has": (
        "funds",
        "warning",
        {"limits.funds": {"state": 500}, "partners.elm.funding": {"payer": "stat", "covers": 0.5}, "partners.ash.funding": {"payer": "state", "covers": 0.5}},
    ),
    "a payer without a fund where nobody has one": ("funds", "warning", {"partners.elm.funding": {"payer": "state", "covers": 0.5}}),
    "a gate of unknown likelihood": ("gate-likelihood", "note", {"gates.invited.likelihood": None}),
    "bare points": ("swing-weights", "warning", {"programmes.wards.weights": {"method": "direct", "points": {"value": 1, "trust": 1, "price": 1}}}),
    "a bare order by a group": ("swing-weights", "note", {"stakeholders.staff.weights": {"method": "rank", "order": ["trust", "value", "price"]}}),
    "weights of a scale that moves": ("local-scale", "note", {"criteria.criteria.value.scale": {"local": "more"}}),
    "a criterion that asks nothing": ("definition", "note", {"criteria.criteria.value.asks": None}),
    "a criterion on which all are alike": ("discriminates", "warning", {"partners.elm.scores.trust": 4}),
    "price typed beside price computed": ("price-twice", "warning", {"criteria.criteria.trust.title": "Price of a visit"}),
    "price weighed though least cost is the aim": ("price-twice", "warning", {"aim": {"least-cost": {"value-at-least": 20}}}),
    "a leader without evidence": ("evidence", "warning", {"partners.elm.scores.value": 5}),
    "a score nobody knows": ("unknown", "note", {"partners.elm.scores.value": "unknown"}),
    "single figures": ("ranges", "warning", {"partners.ash.scores.value": {"score": 7, "source": "Report 7", "published": "2021-01-31"}}),
    "no day of the decision": ("as-at", "note", {"as-at": None}),
    "evidence without a day": ("undated", "note", {"partners.elm.scores.value": {"score": 5, "source": "Report 7"}}),
    "no draws": ("draws", "warning", {"analysis": {"samples": 0}}),
    "an offer nobody needs": ("no-effect", "warning", {"partners.elm.offers": ["work", "tea"]}),
    "a name that means another": ("no-effect", "warning", {"paper.risks.slow": {"title": "Slow", "option": "ach", "likelihood": 1, "impact": 1}}),
    "a partner without a price": ("prices", "warning", {"partners.elm.cost": None}),
    "no budget": ("budget", "note", {"limits.budget": None}),
    "no time of our own": ("own-time", "note", {"programmes.wards.internal-days": None}),
    "no time of our own though the text misses it": (
        "own-time",
        "warning",
        {"programmes.wards.internal-days": None, "paper.text.challenges": "We set aside too little time."},
    ),
    "our time without its limit": ("own-time", "warning", {"limits.internal-days": None}),
    "money that may and that will be needed": (
        "money-told-twice",
        "warning",
        {"paper.considered.money.text": "Some investment is likely to be needed.", "paper.implications.legal.text": "Funding may be sought."},
    ),
    "nobody answers": ("sponsor", "warning", {"programmes.wards.sponsor": None}),
    "the cover of an earlier meeting": ("cover", "warning", {"as-at": "2021-08-01"}),
    "no review": ("review", "warning", {"programmes.wards.review": None}),
    "a review before the decision": ("review", "warning", {"programmes.wards.review": "2021-07-28"}),
    "a measure from nowhere": ("measures", "warning", {"paper.measures.falls.baseline": None}),
    "no measures": ("measures", "warning", {"paper.measures": None}),
    "no risks": ("risks", "warning", {"paper.risks": None}),
    "a risk that is not rated": ("risks", "warning", {"paper.risks.still.impact": None}),
    "nothing on doing nothing": ("risks", "note", {"paper.risks.still.option": "ash"}),
    "a risk that nobody meets": ("risks", "note", {"paper.risks.still.mitigation": None}),
    "a priority nobody ticked": ("priorities", "note", {"paper.priorities.safety.affected": None, "paper.text.background": "We begin."}),
    "a priority claimed and not ticked": (
        "priorities",
        "warning",
        {"paper.priorities.safety.affected": None, "paper.implications.aims.text": "It serves all of our objectives."},
    ),
    "considered without a word": ("considered", "warning", {"paper.considered.money.text": None}),
    "equality denied without a reference": ("equality", "note", {"paper.implications.equality.reference": None}),
    "nobody else was heard": ("stakeholders", "note", {"stakeholders": None}),
    "heard nobody knows when": ("engagement", "note", {"paper.engagement.talks.date": None}),
    "a text nobody wrote": ("unwritten", "note", {"paper.text.background": None}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_found_at_its_place(fault: str) -> None:
    check, severity, changes = FAULTS[fault]
    data = changed(sound(), changes)
    told = found(data)[check]
    assert severity in {one.severity for one in told}
    assert all(one.words.endswith((".", "”", "?")) and one.source for one in told)
    unwritten = {"unwritten", "no-effect", "prices"}
    assert all(check in unwritten or _is_there(data, one.loc) for one in told)


def changed(data: Data, changes: dict[str, Any]) -> Data:
    """Return the data with some values changed, or dropped where None."""
    copy = deepcopy(data)
    for path, value in changes.items():
        *above, last = path.split(".")
        owner = copy
        for key in above:
            owner = owner[key]
        owner.pop(last, None)
        if value is not None:
            owner[last] = value
    return copy


def _is_there(data: Any, loc: tuple[str | int, ...]) -> bool:
    """Tell whether the place, or at least what stands around it, was written."""
    for key in loc[:-1]:
        data = data[key]
    return not loc or isinstance(data, dict | list)


def test_alike_in_everything_is_counted_twice() -> None:
    data = sound()
    data["partners"] = {
        name: {
            "title": name,
            "offers": ["work"],
            "cost": {"per-day": 9},
            "scores": {"value": mark, "trust": mark + 1},
        }
        for name, mark in zip("abcde", range(1, 6), strict=True)
    }
    (told,) = found(data)["correlated"]
    assert "Value and Trust rise and fall together (correlation 1.00)" in told.words


def test_three_partners_say_nothing_of_correlation() -> None:
    data = sound()
    data["partners"] = {
        name: {
            "title": name,
            "offers": ["work"],
            "cost": {"per-day": 9},
            "scores": {"value": mark, "trust": mark},
        }
        for name, mark in zip("abc", (1, 2, 3), strict=True)
    }
    assert "correlated" not in found(data)


def test_words_are_shown_as_they_were_typed() -> None:
    told = found(
        changed(
            sound(),
            {"programmes.wards.title": "[b]Wards[/b] {x}", "programmes.wards.sponsor": None},
        )
    )
    assert "[b]Wards[/b] {x}" in told["sponsor"][0].words


def test_what_is_written_in_vain_is_told_with_what_was_probably_meant() -> None:
    told = found(changed(sound(), {"partners.elm.offers": ["work", "wrok"]}))["no-effect"]
    assert [(one.words, one.mend) for one in told] == [
        ('No programme needs "wrok"; did you mean "work"?', "Correct it, or leave it out.")
    ]


def test_a_payer_without_a_fund_is_called_by_its_title() -> None:
    changes = {
        "payers": {"state": {"title": "The Department"}},
        "partners.elm.funding": {"payer": "state", "covers": 0.5},
    }
    (told,) = found(changed(sound(), changes))["funds"]
    assert (
        told.words == "Nothing says how much The Department can pay, so what it pays is unlimited."
    )
