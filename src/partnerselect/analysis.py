"""From a scenario to its analysis: the one path every command and screen takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from partnerselect import allocation as choosing, robustness as trials, value as valuing
from partnerselect.advice import (
    NOT_ASKED,
    ChosenPartners,
    PartnerReason,
    Prices,
    Recommendation,
    WhyNot,
    partner_reason,
    price_questions,
    recommend,
)
from partnerselect.allocation import OTHERWISE, Allocation, Allocator, Alternative, if_opened
from partnerselect.model import Plan, Scenario
from partnerselect.optimiser import Watch
from partnerselect.robustness import Robustness, simulate
from partnerselect.value import (
    PerformanceTable,
    Scores,
    base_weights,
    performance_table,
    require_usable,
    score,
)

if TYPE_CHECKING:  # a question imports what answers it when it is asked
    from partnerselect.robustness import (
        Flip,
        InformationValue,
        Interval,
        PartnerComparison,
        Swing,
        WordedFlip,
    )
    from partnerselect.value import Agreement, Consistency, ProgrammeOpinions

UNASKED = frozenset({WhyNot.DEFERRED, WhyNot.OUTSCORED, WhyNot.UNPRICED, WhyNot.LEFT_OUT})
"""Kinds of reason that leave open what choosing a partner would cost."""


@dataclass(frozen=True)
class Analysis:
    """Everything worked out about one scenario."""

    scenario: Scenario
    table: PerformanceTable
    weights: dict[str, float]
    """The leaf weights that hold where a programme has none of its own."""
    scores: Scores
    robustness: Robustness
    """What the trials say of the ranking; of no programme where none are asked for."""
    allocator: Allocator
    """Kept for further questions."""
    allocation: Allocation
    conflicts: tuple[choosing.Conflict, ...]
    """What stands in the way of any answer; empty where there is one."""
    recommendation: Recommendation
    if_opened: tuple[Alternative, ...]
    """What would be chosen if an undecided gate opened; not asked of one of many cases."""
    prices: Prices = NOT_ASKED
    """What choosing otherwise would cost; not asked of one of many cases."""
    choices: choosing.PortfolioStability | None = None
    """What the trials say of the choice as a whole; None until it is asked (`with_choices`)."""
    answers: dict[tuple[object, ...], object] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Answers to further questions, by question (see `asked_once`)."""


def analyse(scenario: Scenario, watch: Watch | None = None) -> Analysis:
    """Score the partners, choose among them and say why.

    Args:
        scenario: what to choose for.
        watch: shows how far the choice is, and stops it; kept as `analysis.allocator.watch` for the
            questions that follow.

    Raises:
        InputError: weights that cannot be turned into numbers.
        FailureError: the solver broke down.
    """
    return priced(analyse_unpriced(scenario, watch))


def analyse_unpriced(scenario: Scenario, watch: Watch | None = None) -> Analysis:
    """Choose first, or for one of many cases: as `analyse`, but without further choices.

    `priced` adds them. What each partner not chosen would cost takes ten times as long as the
    choice, what opened gates would change as long again for every gate.
    """
    require_usable(scenario)
    table = performance_table(scenario)
    scores = score(scenario, table)
    allocator = Allocator(scenario, table, scores, watch)
    allocation = allocator.best()
    robustness = simulate(scenario, table, scores)
    return Analysis(
        scenario=scenario,
        table=table,
        weights=base_weights(scenario),
        scores=scores,
        robustness=robustness,
        allocator=allocator,
        allocation=allocation,
        conflicts=choosing.conflicts(scenario, table, allocator)
        if allocation.state == "infeasible"
        else (),
        recommendation=recommend(allocator, allocation, robustness),
        if_opened=(),
    )


def priced(analysis: Analysis) -> Analysis:
    """Return the analysis with prices of other choices, and with undecided gates open."""
    allocator, allocation = analysis.allocator, analysis.allocation
    work = analysis.table.workload
    opened = if_opened(analysis.scenario, allocation, work, allocator.watch)
    prices = price_questions(allocator, allocation)
    if prices is NOT_ASKED:
        return replace(analysis, if_opened=opened)
    advice = recommend(allocator, allocation, analysis.robustness, prices)
    return replace(analysis, recommendation=advice, if_opened=opened, prices=prices)


def with_choices(analysis: Analysis, watch: Watch | None = None) -> Analysis:
    """Return the analysis with the choice over the trials (see `choices`), for rows to show."""
    return replace(analysis, choices=choices(analysis, watch))


def choices(analysis: Analysis, watch: Watch | None = None) -> choosing.PortfolioStability:
    """Ask how often each part of the recommended choice is in the best choice of a trial.

    It takes seconds, within the scenario's time limit of its own; a watch stops it. Of no
    programme, with the reason, where it cannot be worked out. Other questions may be asked of the
    analysis at the same time.
    """
    apart = analysis.allocator.apart()
    return choosing.portfolio_stability(analysis.table, apart, analysis.allocation, watch)


def analyse_with_choices(
    scenario: Scenario,
    watch: Watch | None = None,
    *,
    also: Sequence[Callable[[Analysis], object]] = (),
) -> Analysis:
    """Analyse, and ask for the choice over the trials while the prices are asked for.

    The same as `with_choices(analyse(scenario))`, sooner where there are two processors.

    Args:
        scenario: what to choose for.
        watch: as of `analyse`.
        also: questions whose answers are kept (`asked_once`), to be asked meanwhile too, where
            there is a choice.
    """
    found = analyse_unpriced(scenario, watch)
    asked = also if found.allocation.chosen is not None else ()

    def beside(apart: Allocator) -> choosing.PortfolioStability | None:
        for question in asked:
            question(replace(found, allocator=apart))
        return None if asked else choices(replace(found, allocator=apart), apart.watch)

    with found.allocator.beside(beside) as shares:
        answer = with_choices(priced(found)) if asked else priced(found)
        return replace(answer, choices=shares() or answer.choices)


Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")


def asked_once(
    question: Callable[Concatenate[Analysis, Asked], Answered],
) -> Callable[Concatenate[Analysis, Asked], Answered]:
    """Keep the answer to a question, so that every reader of an analysis shares it.

    Not one that somebody stopped: it is begun again when it is asked again.
    """

    @wraps(question)
    def ask(analysis: Analysis, /, *args: Asked.args, **options: Asked.kwargs) -> Answered:
        key = (question.__name__, *args, *sorted(options.items()))
        if key in analysis.answers:
            return cast("Answered", analysis.answers[key])
        answer = question(analysis, *args, **options)
        if not analysis.allocator.watch.is_stopped:
            analysis.answers[key] = answer
        return answer

    return ask


@asked_once
def comparison(analysis: Analysis, programme: str) -> PartnerComparison:
    """Compare the eligible partners of a programme: their values as lines over each weight."""
    return trials.compare_partners(analysis.scenario, analysis.table, analysis.scores, programme)


@asked_once
def intervals(analysis: Analysis, programme: str) -> tuple[Interval, ...]:
    """Ask how far each weight can move before another partner leads a programme."""
    return trials.stability_intervals(comparison(analysis, programme))


@asked_once
def margins(analysis: Analysis, programme: str) -> tuple[Swing, ...]:
    """Ask how far the margin of a programme's leader moves with each weight and each open score."""
    return trials.tornado(comparison(analysis, programme))


@asked_once
def turning_points(analysis: Analysis, programme: str) -> tuple[WordedFlip, ...]:
    """Ask what would bring each rival of a programme's leader to the front, in sentences."""
    return trials.worded(comparison(analysis, programme), _flips(analysis, programme))


@asked_once
def first_turning_point(analysis: Analysis, programme: str) -> WordedFlip | None:
    """Ask for the first of the turning points alone; None where there is none."""
    first = _flips(analysis, programme)[:1]
    return next(iter(trials.worded(comparison(analysis, programme), first)), None)


@asked_once
def _flips(analysis: Analysis, programme: str) -> tuple[Flip, ...]:
    return trials.flips(comparison(analysis, programme))


@asked_once
def turning_points_between(
    analysis: Analysis, programme: str, pair: tuple[str, str]
) -> tuple[WordedFlip, ...]:
    """Ask what would turn the order of two partners in a programme, in sentences."""
    compared = comparison(analysis, programme)
    return trials.worded(compared, trials.flips_between(compared, pair))


@asked_once
def worth_knowing(analysis: Analysis) -> tuple[InformationValue, ...]:
    """Ask which open scores are worth finding out before deciding; none without trials."""
    return trials.information_values(analysis.scenario, analysis.table, analysis.robustness)


def why_not(analysis: Analysis, programme: str, partner: str) -> PartnerReason:
    """Ask why a partner is not chosen for a programme, and what choosing it would cost.

    At whatever level, as all reasons do; of one at which the programme does not run, at that.
    """
    work, choice = (
        analysis.table.workload,
        ChosenPartners.of(analysis.allocator, analysis.allocation),
    )
    p, k = work.programmes.index(programme), work.partners.index(partner)
    reason = partner_reason(choice, analysis.prices, p, k)
    if reason.kind not in UNASKED or analysis.allocation.state != "optimal":
        return reason
    if (p, k) not in analysis.allocator.formulation.x:
        return replace(reason, kind=WhyNot.CLOSED)
    analysis.allocator.allow(analysis.scenario.analysis.time_limit)
    wish = choice.wish(p, k) if choice.chosen_in[p] else (programme, partner)
    price = choosing.price_wishes(analysis.allocator, analysis.allocation, [wish])[wish]
    return replace(reason, kind=WhyNot.PRICED, price=price)


def alternatives_for(
    analysis: Analysis, programme: str, wished: str | None = None
) -> tuple[Alternative, ...]:
    """Ask what choosing otherwise for one programme would mean (see `programme_alternatives`)."""
    return choosing.programme_alternatives(
        analysis.allocator, analysis.allocation, programme, wished
    )


@asked_once
def uncertain_amounts(analysis: Analysis) -> choosing.Overruns | None:
    """Ask what the choice comes to where prices and days are ranges; None where none is."""
    scenario, work = analysis.scenario, analysis.table.workload
    return choosing.amounts_over_trials(scenario, work, analysis.allocation.chosen)


@asked_once
def opinions(analysis: Analysis) -> tuple[ProgrammeOpinions, ...]:
    """Ask other methods about the eligible partners of every programme."""
    return valuing.second_opinions(analysis.scenario, analysis.table, analysis.scores)


@asked_once
def agreement(analysis: Analysis) -> Agreement:
    """Ask who disagrees, where weights differ, and whom most groups could accept."""
    return valuing.stakeholder_agreement(analysis.scenario, analysis.table)


@asked_once
def spending(analysis: Analysis, *, step: float | None = None) -> choosing.Frontier:
    """Ask what more money would buy: the efficient choices of value against cost."""
    return choosing.frontier(analysis.allocator, analysis.allocation, step=step)


def prices(analysis: Analysis) -> tuple[choosing.LimitPrice, ...]:
    """Ask what the next step of each limit brings, and how far it could fall."""
    return choosing.limit_prices(analysis.allocator, analysis.allocation)


def with_and_without(
    analysis: Analysis, kinds: tuple[choosing.Kind, ...] = OTHERWISE
) -> tuple[Alternative, ...]:
    """Ask what would be done with each gate turned, each payer gone and each partner left out.

    Or with some of these alone; what opened gates would change is known already.
    """
    return choosing.choosing_otherwise(
        analysis.scenario,
        analysis.allocation,
        analysis.table.workload,
        analysis.allocator.watch,
        kinds=kinds,
        known=analysis.if_opened,
    )


@asked_once
def _trial_regrets(analysis: Analysis) -> choosing.TrialRegrets:
    return choosing.TrialRegrets(analysis.table, analysis.allocator, analysis.allocation)


def judge(
    analysis: Analysis,
    plans: Sequence[str] | None = None,
    *,
    over_trials: bool = True,
    instead: bool = True,
) -> choosing.Judgement:
    """Ask how the plans of the scenario stand, all of them or some by id (see `judged`).

    What they lose over the trials takes longest, and may be left out, as may what could be had
    instead. Raises KeyError where there is no such plan.
    """
    stated = analysis.scenario.all_plans
    asked = stated if plans is None else {one: stated[one] for one in plans}
    regrets = _trial_regrets(analysis) if over_trials else None
    return choosing.judged(analysis.allocator, analysis.allocation, regrets, asked, instead=instead)


def judge_as_written(analysis: Analysis, plans: Mapping[str, Plan]) -> choosing.Judgement:
    """Ask what plans come to and what they break alone: at once where they leave nothing open."""
    return choosing.as_written(analysis.allocator, analysis.allocation, plans)


def as_planned(analysis: Analysis, plan: choosing.JudgedPlan) -> Analysis | None:
    """Return the analysis with a plan in the place of the choice; None where it has no figures.

    For what it costs whom and on what condition: reasons and shares are those of a best choice.
    """
    if plan.value is None:
        return None
    allocator = analysis.allocator
    chosen = choosing.chosen_of(allocator.work, plan.choose)
    summed = choosing.account(analysis.scenario, allocator.work, analysis.scores, chosen)
    allocation = replace(
        analysis.allocation, state="within-gap", chosen=chosen, account=summed, bound=None, gap=None
    )
    advice = recommend(allocator, allocation, analysis.robustness)
    return replace(analysis, allocation=allocation, recommendation=advice, choices=None, answers={})


@asked_once
def alternatives(
    analysis: Analysis, *, within: float = 1.0, most: int = 200, over_trials: bool = True
) -> choosing.Alternatives:
    """Ask which choices are almost as good as the recommended one (see `nearly_best`).

    Args:
        analysis: the scenario's, with its recommendation.
        within: points of value or, with the aim least-cost, per cent of the cost.
        most: choices after which the list ends.
        over_trials: whether to say what the few lose over the trials; that takes longest.
    """
    regrets = _trial_regrets(analysis) if over_trials else lambda _: None
    return choosing.nearly_best(
        analysis.allocator, analysis.allocation, regrets, within=within, most=most
    )


@asked_once
def judgements(analysis: Analysis) -> tuple[Consistency, ...]:
    """Ask how well the judgements behind the weights fit together."""
    return valuing.consistencies(analysis.scenario)
