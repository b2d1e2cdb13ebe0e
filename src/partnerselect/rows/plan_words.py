"""Plans in words: what gives way, what each comes to, what is near and what is almost as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from partnerselect.allocation import (
    Alternatives,
    Broken,
    FewPlan,
    JudgedPlan,
    Judgement,
    NearPlan,
    PlanAgreement,
    PlanRegret,
    PossiblePlan,
)
from partnerselect.analysis import Analysis, alternatives
from partnerselect.errors import Loc, dotted
from partnerselect.model import LEVEL, LeastCost, LimitKind, Scenario, Unit, kind_at, programme_of
from partnerselect.rows.demands import commitment_words, quoted, rule_words
from partnerselect.words import (
    NOT_WORKED_OUT,
    amount,
    counted,
    difference,
    figure,
    limit_name,
    listed,
    measured,
    points,
    share,
    tenths,
)

DEFERRED = "deferred"
SHOWN_POINTS, SHOWN_AMOUNT = 0.005, 0.5
"""Differences below these are not worth a word."""


def better_at_words(scenario: Scenario, one: FewPlan) -> list[str]:
    """Say what a plan is better at than the recommended one."""
    told = []
    if one.cheaper >= SHOWN_AMOUNT:
        told.append(f"{amount(one.cheaper, scenario.currency)} cheaper to us")
    if one.fewer_partners > 0:
        told.append(f"{counted(one.fewer_partners, 'partner')} fewer")
    if one.more_programmes > 0:
        told.append(f"{counted(one.more_programmes, 'programme')} more")
    if one.mean_regret is not None and one.best_mean_regret is not None:
        less = one.best_mean_regret - one.mean_regret
        if less >= SHOWN_POINTS:
            shown = difference(one.best_mean_regret, one.mean_regret)
            told.append(f"more robust: {points(shown)} less lost on average")
    return told


def within_words(scenario: Scenario, found: Alternatives) -> str:
    """Say how near the best the plans are, to be put into a sentence."""
    if isinstance(scenario.aim, LeastCost):
        return f"within {figure(found.within)}% of the least cost"
    return f"within {figure(found.within)} {'point' if found.within == 1 else 'points'}"


SAME_VALUE, SAME_COST = 1e-6, 0.005
"""Points and money that nobody would see."""


def alternatives_sentence(scenario: Scenario, found: Alternatives) -> str:
    """Say how many plans are almost as good, and on how many programmes they agree."""
    if found.why is not None:
        return f"Which plans are almost as good {NOT_WORKED_OUT[found.why]}."
    if not found.count:
        return "No plan was found, so there is none that is almost as good."
    near = within_words(scenario, found)
    if found.count == 1 and found.complete:
        return f"No other plan is {near}."
    settled = [one for one in found.programmes if is_settled(one)]
    agree = f"agree on {len(settled)} of {counted(len(found.programmes), 'programme')}"
    if len(settled) == len(found.programmes) and found.count > 1:
        agree = "have the same partners everywhere, who share the work in other ways"
    many = f"{counted(found.count - 1, 'other plan')} {near}"
    if found.complete:
        return f"{many}; all {agree}.{_tie(found.plans)}"
    unproven = any(one.runs is None or one.always is None for one in found.programmes)
    rest = "what all of them agree on was not worked out" if unproven else f"all such plans {agree}"
    known = f"No other plan is known to be {near}" if found.count == 1 else f"At least {many}"
    return f"{known}, and there may be more; {rest}.{_tie(found.plans)}"


def _tie(plans: Sequence[NearPlan]) -> str:
    """Say how many plans nothing parts from the recommended one, which stands first."""
    tied = sum(
        abs(one.value - plans[0].value) < SAME_VALUE
        and abs(one.own_cost - plans[0].own_cost) < SAME_COST
        for one in plans[1:]
    )
    are = "is" if tied == 1 else "are"
    told = f" {counted(tied, 'other plan')} {are} worth exactly as much for the same money: a tie."
    return told if tied else ""


def agreed_words(scenario: Scenario, found: Alternatives) -> str:
    """Name the programmes on which all the plans agree, and who does them."""
    told = [
        f"{scenario.programme_names[one.programme]}:"
        f" {named_at_level(scenario, scenario.partner_names, one.level, one.always or ())}"
        for one in found.programmes
        if is_settled(one)
    ]
    return f"In all of them {'; '.join(told)}." if told and found.count > 1 else ""


def near_words(analysis: Analysis) -> str:
    """Say how many plans are almost as good as the recommended one."""
    return alternatives_sentence(analysis.scenario, alternatives(analysis, over_trials=False))


def is_settled(one: PlanAgreement) -> bool:
    """Tell whether all plans do the same for a programme."""
    is_one_level = one.levels is None or one.level is not None
    return one.runs == "never" or (one.runs == "always" and not one.sometimes and is_one_level)


def broken_name(scenario: Scenario, one: Broken) -> str:
    """Name what gives way for a plan, without by how much."""
    place = _place(one)
    if kind_at(place) is not None:
        return limit_name(scenario, place)
    return broken_words(scenario, one).removesuffix(".")


def _place(one: Broken) -> Loc:
    return one.loc if one.phase is None else (*one.loc, one.phase)


def broken_words(scenario: Scenario, one: Broken) -> str:
    """Say what gives way for a plan, in a sentence."""
    place = _place(one)
    if (kind := kind_at(place)) is not None:
        used, allowed = (
            "" if value is None else _figure(kind, scenario, value)
            for value in (one.used, one.allowed)
        )
        over = "" if one.over is None else _apart(kind, scenario, one.over)
        asked = f"at least {allowed} is asked for ({over} short)"
        most = f"{allowed} is allowed ({over} over)"
        rest = asked if kind.is_minimum else most
        return f"{limit_name(scenario, place)}: {used}, where {rest}."
    keys = [str(key) for key in one.loc]
    kind_of_place = {"programmes": keys[2:3], "partners": keys[-1:], "criteria": keys[-1:]}
    key = (kind_of_place.get(keys[0]) or keys)[0]
    titles = [scenario.partners[name].title for name in one.partners]
    if key in STANDS_AGAINST:
        return STANDS_AGAINST[key](scenario, keys, titles or ["A partner"])
    words = GIVES_WAY.get(key)
    return words(scenario, keys) if words else f"{dotted(one.loc)} gives way."


def _figure(kind: LimitKind, scenario: Scenario, value: float) -> str:
    if kind.unit is Unit.SHARE:
        return f"{tenths(100 * value)}%"
    return measured(kind, scenario.currency, value)


def _apart(kind: LimitKind, scenario: Scenario, value: float) -> str:
    if kind.unit is Unit.SHARE:
        return counted(100 * value, "percentage point")
    return measured(kind, scenario.currency, value)


def _gate_words(scenario: Scenario, keys: list[str], titles: list[str]) -> str:
    gate, verb = scenario.gates[keys[1]], "depends" if len(titles) == 1 else "depend"
    told = f"{listed(titles)} {verb} on a decision of others"
    return f"{told} that is {_status(gate.status)}: “{gate.title}”."


def _status(status: str) -> str:
    return "not yet known" if status == "unknown" else status


def _method_words(scenario: Scenario, keys: list[str], titles: list[str]) -> str:
    does = "does" if len(titles) == 1 else "do"
    return f"{listed(titles)} {does} not use the methodology of {quoted(scenario, keys[1])}."


def _exclusion_words(scenario: Scenario, keys: list[str]) -> str:
    where = f" for {quoted(scenario, keys[3])}" if keys[2] == "for" else ""
    return f"{scenario.partners[keys[1]].title} is excluded{where}."


def _commitment_words(scenario: Scenario, keys: list[str]) -> str:
    return f"{commitment_words(scenario, *keys[1:])}."


def _need_words(scenario: Scenario, keys: list[str]) -> str:
    need = scenario.component_title(keys[-1])
    return f"Nobody who may be chosen delivers {need} for {quoted(scenario, keys[1])}."


def _hurdle_words(scenario: Scenario, keys: list[str], titles: list[str]) -> str:
    path = ".".join(key for key in keys[1:-1] if key != "criteria")
    title = scenario.criteria.nodes[path].title
    falls = "falls" if len(titles) == 1 else "fall"
    return f"{listed(titles)} {falls} below what is required on {title}."


def plan_title(scenario: Scenario, plan: str) -> str:
    """Name a plan, and who proposes it."""
    stated = scenario.all_plans[plan]
    return f"{stated.title} (proposed by {stated.by})" if stated.by else stated.title


def judged_sentence(analysis: Analysis, found: Judgement, plan: JudgedPlan) -> str:
    """Say on one line what a plan comes to, whether it is possible, and what the nearest one is."""
    scenario = analysis.scenario
    told = f"{plan_title(scenario, plan.plan)}: {standing_words(scenario, found, plan)}"
    return told if plan.possible else f"{told} {nearest_sentence(scenario, plan)}"


def standing_words(scenario: Scenario, found: Judgement, plan: JudgedPlan) -> str:
    """Say what a plan comes to, and whether it is possible."""
    told = f"{_worth_words(scenario, found, plan)}."
    if plan.possible:
        return f"{told} It is possible."
    return f"{told} {impossible_sentence(plan)}" if plan.broken else told


def impossible_sentence(plan: JudgedPlan) -> str:
    """Say how many limits and rules would have to give way for a plan."""
    reasons = counted(len(plan.broken), "limit or rule", "limits or rules")
    return f"It is not possible as written: {reasons} would have to give way."


def _worth_words(scenario: Scenario, found: Judgement, plan: JudgedPlan) -> str:
    if plan.value is None or plan.own_cost is None:
        if plan.why is not None:
            return f"what it is worth {NOT_WORKED_OUT[plan.why]}"
        return "it cannot be completed, for some of its open needs nobody may be chosen"
    worth = f"worth {points(plan.value)} for {amount(plan.own_cost, scenario.currency)} to us"
    return f"{worth}, {against_words(scenario, found, plan)}" if found.best else worth


def against_words(scenario: Scenario, found: Judgement, plan: JudgedPlan) -> str:
    """Say what a plan loses and costs against the recommendation."""
    if found.best is None or plan.value is None or plan.own_cost is None:
        return ""
    value, cost = plan.value - found.best.value, plan.own_cost - found.best.own_cost
    told = "as much as the best choice"
    if abs(value) >= SHOWN_POINTS:
        apart = points(abs(difference(plan.value, found.best.value)))
        told = f"{apart} {'more' if value > 0 else 'less'} than the best choice"
    if abs(cost) < SHOWN_AMOUNT:
        return f"{told}, at the same cost"
    money = amount(abs(cost), scenario.currency)
    return f"{told}, and {money} {'dearer' if cost > 0 else 'cheaper'}"


def nearest_sentence(scenario: Scenario, plan: JudgedPlan) -> str:
    """Say which possible plan is the nearest, and what would have to change for it."""
    one = plan.nearest
    if one is None and plan.why is not None:
        return f"Which possible plan is the nearest {NOT_WORKED_OUT[plan.why]}."
    if one is None:
        return "No plan is possible, so there is none near it."
    worth = f"{points(one.value)} for {amount(one.own_cost, scenario.currency)} to us"
    if not one.changed:
        return f"It is possible as written ({worth})."
    told = f"The nearest plan that is possible changes {counted(one.changes, 'choice')} ({worth})"
    return f"{told}: {'; '.join(_changed_words(scenario, one))}."


def _changed_words(scenario: Scenario, near: PossiblePlan) -> Iterator[str]:
    """Yield what becomes of written choices, those of a programme to one partner together."""
    running = {programme_of(one.programme): one.programme for one in near.choose}
    needs: dict[tuple[str, str | None], list[str]] = {}
    for one in near.changed:
        to = None if one.component == LEVEL else one.to
        named = needs.setdefault((programme_of(one.programme), to), [])
        named += [] if one.component == LEVEL else [scenario.component_title(one.component)]
    for (programme, to), names in needs.items():
        entry = running.get(programme)
        if entry is None:
            yield f"{quoted(scenario, programme)} is deferred"
        elif to is None:
            without = f", without {listed(names)}" if names else ""
            level = scenario.level_title(entry)
            yield f"{quoted(scenario, programme)} runs at “{level}”{without}"
        else:
            what, goes = listed(names), "goes" if len(names) == 1 else "go"
            yield f"{what} for {quoted(scenario, entry)} {goes} to {scenario.partners[to].title}"


def instead_sentences(scenario: Scenario, plan: JudgedPlan) -> list[str]:
    """Say what could be had for the same money, and for how little the same worth."""
    if plan.value is None or plan.own_cost is None:
        return []
    told, is_cost = list[str](), isinstance(scenario.aim, LeastCost)
    # neither keeps to the value asked for
    possible = "plan within the limits" if is_cost else "possible plan"
    if plan.same_money is not None:
        more = difference(plan.same_money.value, plan.value)
        worth = f"a {possible} is worth {points(plan.same_money.value)} ({_signed_points(more)})"
        worth = f"no {possible} is worth more" if abs(more) < SHOWN_POINTS else worth
        told.append(f"For no more of our money, {worth}.")
    elif plan.why is None:
        told.append("For no more of our money, no plan is possible.")
    else:
        told.append(f"What else the same money could do {NOT_WORKED_OUT[plan.why]}.")
    if plan.same_worth is not None:
        cost = amount(plan.same_worth.own_cost, scenario.currency)
        saved = plan.own_cost - plan.same_worth.own_cost
        apart = f"{amount(abs(saved), scenario.currency)} {'less' if saved > 0 else 'more'}"
        dear = f"The cheapest {possible} that is worth as much costs us {cost}, {apart}."
        same = f"No {possible} that is worth as much costs us less."
        told.append(same if abs(saved) < SHOWN_AMOUNT else dear)
    elif plan.why is None:
        told.append(f"No {possible} is worth as much.")
    else:
        told.append(f"What the same worth costs at least {NOT_WORKED_OUT[plan.why]}.")
    if plan.regret is None and plan.why is not None:
        told.append(f"What it loses over the trials {NOT_WORKED_OUT[plan.why]}.")
    return told


def _signed_points(value: float) -> str:
    return f"{points(abs(value))} {'more' if value > 0 else 'less'}"


def regret_sentence(regret: PlanRegret) -> str:
    """Say what a plan loses over the trials, and how often it is as good as the recommendation."""
    what = "the plan" if regret.of == "plan" else "the nearest possible plan"
    return (
        f"Over the trials {what} falls short of the best possible in each by"
        f" {points(regret.mean)} on average and {points(regret.worst)} at most; in"
        f" {share(regret.as_good_share)} of them it is worth at least as much as the best choice by"
        " today's figures."
    )


def named_partners(names: Mapping[str, str], partners: Iterable[str]) -> str:
    """Name the partners of a programme; deferred where there is none."""
    return " + ".join(names[name] for name in partners) or DEFERRED


def named_at_level(
    scenario: Scenario, names: Mapping[str, str], entry: str | None, partners: Iterable[str]
) -> str:
    """Name the partners of a programme with the level at which it runs, if it has any."""
    told = scenario.at_level([names[name] for name in partners], entry)
    return " + ".join(told) or DEFERRED


def joins_words(scenario: Scenario, one: FewPlan) -> str:
    """Say who joins and who leaves against the recommendation."""
    titles = scenario.partner_titles
    told = [
        f"{word} {listed([titles[name] for name in names])}"
        for word, names in (("with", one.joins), ("without", one.leaves))
        if names
    ]
    return ", ".join(told) or "the same partners in all"


GIVES_WAY: dict[str, Callable[[Scenario, list[str]], str]] = {
    "rules": lambda s, keys: f"{rule_words(s, s.rules[keys[1]])}: the plan does otherwise.",
    "excluded": _exclusion_words,
    "mandatory": lambda s, keys: f"{quoted(s, keys[1])} must go ahead.",
    "needs": _need_words,
    "levels": _need_words,
    "committed": _commitment_words,
    "as-at": lambda _s, _keys: "Some of its work falls into a phase that is over.",
}
"""What is said of what gives way and is no limit, by the key that tells it apart."""
STANDS_AGAINST: dict[str, Callable[[Scenario, list[str], list[str]], str]] = {
    "gates": _gate_words,
    "method": _method_words,
    "at-least": _hurdle_words,
}
"""The same of what stands against partners, by their titles."""
