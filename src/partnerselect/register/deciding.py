"""From an analysis to a decision that can be recorded, and from one recorded to the answer anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from math import isnan
from platform import python_version
from typing import TYPE_CHECKING, Any

from partnerselect.allocation import NOBODY
from partnerselect.analysis import Analysis, analyse, analyse_unpriced
from partnerselect.comparison import input_changes
from partnerselect.decisions import Content, Entry, Kind, standing
from partnerselect.errors import option_error
from partnerselect.model import Scenario, programme_of
from partnerselect.register.clock import today
from partnerselect.register.wishes import Wish, offered, with_wishes
from partnerselect.rows import (
    asked_words,
    broken_words,
    programme_rows,
    ranking_report,
    rounded,
    software,
)
from partnerselect.value import weights_by_place, weights_since_frozen
from partnerselect.what_if import Draft, judged_draft
from partnerselect.words import day_words

if TYPE_CHECKING:
    from partnerselect.register.store import Register

Needs = dict[str, dict[str, str]]
"""By programme and need: its partner."""
NUMBERS = ("rank", "value", "contributions", "cost", "own_cost", "eligible", "first_rank_share")
FIGURES = ("run", "value", "cost", "own_cost", "leader", "leader_share")
PORTFOLIO = ("value", "cost", "own_cost", "partners")


@dataclass(frozen=True)
class Decision:
    """An analysis, and what is decided on it."""

    analysis: Analysis
    said: Content
    """Body, date and whatever else people say of it."""
    wishes: Mapping[str, Wish] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Return what is recorded; raises InputError where a departure has no reason."""
        scenario = self.analysis.scenario
        recommended = chosen_needs(self.analysis)
        departs = self._departs(recommended)
        needs, departure = self._departure(departs, recommended) if departs else (recommended, None)
        told = ranking_report(self.analysis)
        return {
            **self.said,
            **about_scenario(scenario),
            "data": json.dumps(scenario.data, ensure_ascii=False, default=str),  # its order counts
            "sha256": scenario.sha256,
            "measures": (scenario.data.get("paper") or {}).get("measures") or {},
            "choices": [
                {
                    **self._stated(name),
                    "needs": needs.get(name, {}),
                    "recommended": recommended.get(name, {}),
                    "reason": departs[name].reason if name in departs else "",
                }
                for name in _told(scenario, {*needs, *recommended, *departs})
            ],
            "asked": asked_words(self.analysis),
            "departure": departure,
            "weights_changed": weights_since_frozen(scenario),
            "figures": figures(self.analysis, told),
            "reasons": _reasons(told),
            "versions": versions(),
            "seed": scenario.analysis.seed,
        }

    def _departs(self, recommended: Needs) -> dict[str, Wish]:
        """Return what is decided otherwise than recommended, each with its reason."""
        departs = {
            name: wish
            for name, wish in self.wishes.items()
            if wish.departs_from(recommended.get(name, {}))
        }
        for name, wish in departs.items():
            if not wish.reason.strip():
                title = self.analysis.scenario.programmes[name].title
                raise option_error(
                    "--reason", f"is missing; {title} is decided otherwise than recommended"
                )
        return departs

    def _stated(self, programme: str) -> dict[str, Any]:
        """Return what the scenario says of a programme, and when it is looked at again."""
        one = self.analysis.scenario.programmes[programme]
        review = one.review.isoformat() if one.review else self.said.get("review")
        return {"programme": programme, "title": one.title, "lead": one.sponsor, "review": review}

    def _departure(
        self, departs: Mapping[str, Wish], recommended: Needs
    ) -> tuple[Needs, dict[str, Any]]:
        """Work out what departing from the recommendation costs, and who then does what.

        The rest is chosen as well as can be; as recommended where the wish breaks a limit or rule.
        """
        scenario = self.analysis.scenario
        held = analyse_unpriced(with_wishes(scenario, departs))
        best, then = self.analysis.allocation.account, held.allocation.account
        if best is None or then is None:
            settled = _settled(scenario, departs, recommended)
            told = [*self._barred(departs)] or self._broken(settled)
            state = held.allocation.state
            return settled, {"possible": False, "state": state, "breaks": told}
        needs = chosen_needs(held)
        others = [
            name
            for name in scenario.programmes
            if name not in departs and needs.get(name) != recommended.get(name)
        ]
        lost, cost = best.value - then.value, then.own_cost - best.own_cost
        price = {"value_lost": float(lost), "value": float(then.value), "own_cost": float(cost)}
        said = {**price, "currency": scenario.currency, "others_changed": others}
        return needs, rounded({"possible": True, **said})

    def _broken(self, settled: Needs) -> list[str]:
        """Say which limits and rules who does what would break."""
        needs = self.analysis.table.workload.needs
        who = ((need, settled.get(need[0], {}).get(need[1])) for need in needs)
        stated, found = judged_draft(
            self.analysis, Draft("As decided", tuple(who)), over_trials=False
        )
        words = (broken_words(stated.scenario, one) for one in found.plans[0].broken)
        return [one.removesuffix(".") for one in words]

    def _barred(self, departs: Mapping[str, Wish]) -> Iterator[str]:
        """Say which wishes cannot be, whatever the limits."""
        scenario = self.analysis.scenario
        for name, wish in departs.items():
            stated = scenario.programmes[name]
            if stated.mandatory and not wish.partners:
                yield f"{stated.title}: it must go ahead"
            for need in stated.needs if wish.partners else ():
                if not any(need in scenario.partners[one].offers for one in wish.partners):
                    what = scenario.component_title(need)
                    yield f"{stated.title}: none of those decided on offers {what}"
            for one in wish.partners:
                for why in self.analysis.table.reasons.get((name, one), ()):
                    yield f"{scenario.partners[one].title} for {stated.title}: {why}"


def _told(scenario: Scenario, decided: set[str]) -> Iterator[str]:
    """Yield the entries of programmes that are spoken of: of one with levels, those decided."""
    for entries in scenario.entries.values():
        yield from [one for one in entries if one in decided] or entries[:1]


def _settled(scenario: Scenario, departs: Mapping[str, Wish], recommended: Needs) -> Needs:
    """Return who does what where a wish breaks a limit or rule: the rest as recommended."""
    wished = {name: offered(scenario, name, one) for name, one in departs.items()}
    moved = {programme_of(name) for name in wished}
    kept = {one: who for one, who in recommended.items() if programme_of(one) not in moved}
    return {**kept, **wished}


def chosen_needs(analysis: Analysis) -> Needs:
    """Return who is recommended for what; programmes that are deferred are left out."""
    work, chosen = analysis.table.workload, analysis.allocation.chosen
    found: Needs = {}
    for (programme, need), k in zip(work.needs, [] if chosen is None else chosen, strict=False):
        if k != NOBODY:
            found.setdefault(programme, {})[need] = work.partners[k]
    return found


def about_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return which scenario an entry is about, and what people call what is in it."""
    measures = scenario.paper.measures if scenario.paper else {}
    needs = dict.fromkeys(need for one in scenario.programmes.values() for need in one.needs)
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "as_at": None if scenario.as_at is None else scenario.as_at.isoformat(),
        "illustrative": scenario.illustrative,
        "names": {
            "partners": scenario.partner_names,
            "programmes": scenario.programme_names,
            "components": {need: scenario.component_title(need) for need in needs},
            "measures": {name: one.title for name, one in measures.items()},
        },
    }


def decided_before(entries: Sequence[Entry], decided: Content) -> Iterator[str]:
    """Say what to think of before a decision is recorded.

    It is an earlier one, reviews before it, and a day that is still ahead.
    """
    if decided["date"] > (now := today()):
        yield (
            f"The day of the decision, {day_words(decided['date'])}, is still ahead: today is"
            f" {day_words(now)}."
        )
    for one in standing(entries):
        if one.kind == "decided" and all(
            one.content.get(key) == decided[key] for key in ("scenario", "as_at")
        ):
            yield (
                f"Decided already in entry {one.number} on {day_words(one.date)}; this adds"
                f" another. To replace it, use `partnerselect register supersede {one.number}`."
            )
    for choice in decided["choices"]:
        if choice["review"] and choice["review"] < decided["date"]:
            yield (
                f"{choice['title']} is to be looked at again on {day_words(choice['review'])},"
                f" before the day of the decision, {day_words(decided['date'])}."
            )


def opening_of(
    entries: Sequence[Entry], scenario: Scenario, said: Content
) -> list[tuple[Kind, Content]]:
    """Return the entry that opens the juncture of a scenario as at its date, unless it is open.

    It says which questions are asked, and who decides.
    """
    about = about_scenario(scenario)
    if any(
        one.kind == "opened"
        and all(one.content[key] == about[key] for key in ("scenario", "as_at"))
        for one in entries
    ):
        return []
    questions = [one.title for one in scenario.as_written.programmes.values()]
    return [("opened", {**said, **about, "questions": questions})]


def record_on(
    kept: Register, scenario: Scenario, said: Content, new: tuple[Kind, Content]
) -> list[Entry]:
    """Record an entry on a scenario, after the one that opens its juncture unless it is open."""
    return kept.record_after(lambda entries: [*opening_of(entries, scenario, said), new])


def freezing(scenario: Scenario, said: Content) -> tuple[Kind, dict[str, Any]]:
    """Return the entry that fixes criteria and weights."""
    criteria = {
        "criteria": scenario.data["criteria"],
        "weights": rounded(weights_by_place(scenario)),
    }
    return "frozen", {**said, **about_scenario(scenario), **criteria}


def versions() -> dict[str, str]:
    """Return what an answer may depend on, besides the scenario."""
    return {"software": software(), "python": python_version(), "pulp": version("pulp")}


def figures(analysis: Analysis, told: Content) -> dict[str, Any]:
    """Return the key figures of an analysis, by programme and partner, to 6 decimals.

    Args:
        analysis: the answer.
        told: its `ranking_report`.
    """
    table = analysis.table
    by_programme: dict[str, dict[str, Any]] = {}
    for row in told["ranking"]:
        p = table.workload.programmes.index(row["programme"])
        k = table.workload.partners.index(row["partner"])
        scores = [None if isnan(one) else one for one in table.scores[p, k].tolist()]
        kept = {key: row[key] for key in NUMBERS}
        kept["scores"] = dict(zip(table.criteria, rounded(scores), strict=True))
        by_programme.setdefault(row["programme"], {})[row["partner"]] = kept
    portfolio = told["portfolio"]
    return {
        "state": told["status"]["state"],
        "portfolio": portfolio and {key: portfolio[key] for key in PORTFOLIO},
        "weights": told["weights"],
        "programmes": {
            row["programme"]: {key: row[key] for key in FIGURES}
            for row in rounded(programme_rows(analysis))
        },
        "recommended": chosen_needs(analysis),
        "partners": by_programme,
    }


def _reasons(told: Content) -> dict[str, dict[str, str]]:
    """Return why each partner is not chosen, in words, by programme and partner."""
    found: dict[str, dict[str, str]] = {}
    for row in told["ranking"]:
        found.setdefault(row["programme"], {})[row["partner"]] = row["reason"]
    return found


def worked_out_anew(decision: Entry) -> Iterator[tuple[str, Any, Any]]:
    """Work a decision out anew from what was kept, and yield what differs, then and now.

    Versions come last, and only where something else differs: they may be why.
    """
    said = decision.content
    scenario = Scenario.from_data(json.loads(said["data"]), id=said["scenario"])
    analysis = analyse(scenario)
    now = {"sha256": scenario.sha256, "figures": figures(analysis, ranking_report(analysis))}
    found = list(input_changes({key: said[key] for key in now}, now))
    if found:
        found += input_changes({"versions": said["versions"]}, {"versions": versions()})
    yield from ((one.path, one.before, one.after) for one in found)
