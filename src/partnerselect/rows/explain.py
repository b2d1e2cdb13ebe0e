"""The rows of `explain`: why this partner and not that one, so that it can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerselect.advice import PartnerAdvice, PartnerReason, ProgrammeAdvice
from partnerselect.allocation import Alternative
from partnerselect.analysis import Analysis, turning_points_between
from partnerselect.errors import InputError, Problem, gathering, input_error
from partnerselect.model import Scenario, named, programme_of
from partnerselect.rows.plain import (
    FORMAT,
    Row,
    no_answer_words,
    picked,
    printed,
    scenario_row,
)
from partnerselect.rows.reason_words import (
    instead_words,
    programme_reason_words,
    way_back_words,
    why_not_words,
)
from partnerselect.rows.report import way_back_rows
from partnerselect.rows.robustness import drawn_words, flip_row
from partnerselect.rows.scores import score_rows
from partnerselect.rows.with_and_without import alternative_rows, alternative_sentence
from partnerselect.value import TIE
from partnerselect.words import apart, difference, listed, points, share, within_a_sentence

NOTHING = 0.05
"""Points below which a difference is not worth a word."""
LARGEST = 3
"""Criteria whose evidence is shown."""
TURNS = 5
"""Flip points told; JSON has them all."""


@dataclass(frozen=True)
class Pair:
    """Two partners for one programme: the one asked for and the one it is held against."""

    analysis: Analysis
    programme: str
    why: str
    why_not: str
    alone: str | None = None
    """The one of the two that was asked about by itself, where only one was."""

    def title(self, partner: str) -> str:
        """Return a partner's title."""
        return self.analysis.scenario.partners[partner].title

    def advice(self, partner: str) -> PartnerAdvice:
        """Return what was advised of a partner."""
        return self.analysis.recommendation.partner(self.programme, partner)

    @property
    def gap(self) -> float:
        """By how many points the first is ahead of the other, as their values are shown."""
        return difference(self.advice(self.why).value, self.advice(self.why_not).value)

    @property
    def is_ahead(self) -> bool:
        """Whether the first is worth more than the other, by whatever little."""
        return self.gap > TIE

    def speaking_for(self, partner: str) -> list[str]:
        """Name the criteria on which one is ahead, with the points, the largest first."""
        sign = 1 if partner == self.why else -1
        return [
            f"{row['title']} ({points(abs(point_difference(row)))})"
            for row in gap_rows(self)
            if sign * row["difference"] >= NOTHING
        ]

    @property
    def wished(self) -> str:
        """The one of whom it is asked what choosing it would mean: not one that is chosen."""
        if self.advice(self.why).chosen:
            return self.why_not
        return self.why if self.advice(self.why_not).chosen else self.alone or self.why_not

    @property
    def of_programme(self) -> ProgrammeAdvice:
        """What was advised for the programme."""
        return self.analysis.recommendation.programme(self.programme)


def point_difference(row: Row) -> float:
    """Return how far two partners are apart on a criterion, as their points are shown."""
    return difference(row["why"]["contribution"], row["why_not"]["contribution"])


def named_pair(
    scenario: Scenario, programme: str, why: str | None = None, why_not: str | None = None
) -> tuple[str, str | None, str | None]:
    """Return the ids of a programme and of two partners to compare; raises InputError."""
    found, problems = list[str | None](), list[Problem]()
    with gathering(problems):
        found.append(named("programme", scenario.named_programmes, programme))
    for one in (why, why_not):
        with gathering(problems):
            found.append(None if one is None else named("partner", scenario.partners, one))
    if problems and programme in [*scenario.partners]:
        problems = [Problem((), f'"{programme}" is a partner; name the programme before it')]
    if problems:
        raise InputError(problems)
    if found[1] is not None and found[1] == found[2]:
        title = scenario.partners[found[1]].title
        raise input_error(f"{title} cannot be compared with itself; name two partners")
    if len(scenario.partners) == 1:
        raise input_error(
            "there is only one partner, and nobody to compare it with; `rank` says why a"
            " programme is deferred",
            "partners",
        )
    return str(found[0]), found[1], found[2]


def partner_comparison(
    analysis: Analysis, programme: str, why: str | None = None, why_not: str | None = None
) -> Pair | None:
    """Return the two partners to compare; None where there is no second one.

    Not named: the partner chosen (else the leader, else the first of the ranking) against the
    runner-up, or the next best; beside a partner not chosen, who is chosen for what that offers.
    """
    advice = analysis.recommendation.programme(programme)
    ranked = [row.partner for row in analysis.recommendation.ranked(programme)]
    chosen = _chosen_beside(analysis, programme, why or why_not)
    first = why or next(
        name for name in (*chosen, advice.leader, *ranked) if name and name != why_not
    )
    rivals = chosen if why and why not in chosen else ()
    second = why_not or next(
        (name for name in (*rivals, advice.runner_up, *ranked) if name and name != first), None
    )
    alone = None if why and why_not else why or why_not
    return None if second is None else Pair(analysis, programme, first, second, alone)


def _chosen_beside(analysis: Analysis, programme: str, partner: str | None) -> list[str]:
    """Return the partners chosen, first who is chosen for the largest need that another offers."""
    advice = analysis.recommendation
    rival = advice.partner(programme, partner).reason.rival if partner else ""
    return sorted(advice.programme(programme).partners, key=lambda name: name != rival)


def explanation_json(compared: Pair, wished: PartnerReason, others: tuple[Alternative, ...]) -> Row:
    """Return what `explain --format json` prints.

    Args:
        compared: the two partners.
        wished: why `Pair.wished` is not chosen, and what it would cost (`analysis.why_not`).
        others: what choosing otherwise would mean (`analysis.alternatives_for`).
    """
    return printed(
        compared.analysis.scenario,
        {
            "format": FORMAT,
            "scenario": scenario_row(compared.analysis),
            "programme": compared.programme,
            "why": _partner(compared, compared.why),
            "why_not": _partner(compared, compared.why_not),
            "summary": explanation_summary(compared, wished),
            "gap": gap_rows(compared),
            "prices": choice_price_rows(compared.analysis, others),
            "why_no_prices": why_no_prices(compared),
            "brings_back": ways_back(compared),
            "brings_back_complete": compared.of_programme.brings_back.is_complete,
            "flips": [
                flip_row(told)
                for told in turning_points_between(
                    compared.analysis, compared.programme, (compared.why, compared.why_not)
                )
            ],
        },
    )


def _partner(compared: Pair, name: str) -> Row:
    advice = compared.advice(name)
    return {
        **picked(advice, "partner", "rank", "value", "cost", "own_cost", "eligible", "chosen"),
        "reason": why_not_words(compared.analysis.scenario, advice.reason),
        "first_rank_share": _first_share(compared, name),
    }


def gap_rows(compared: Pair) -> list[Row]:
    """Return what each of the two scores and adds by criterion, the largest difference first."""
    return [
        {
            **{key: row[key] for key in ("criterion", "title", "weight")},
            "difference": row["differences"][1],
            "why": row["sides"][0],
            "why_not": row["sides"][1],
        }
        for row in side_rows(
            compared.analysis, compared.programme, (compared.why, compared.why_not)
        )
    ]


def side_rows(analysis: Analysis, programme: str, partners: Sequence[str]) -> list[Row]:
    """Return what several partners score and add by criterion, the largest difference first.

    `sides` and `differences` (what the first adds more than each) are in the order of `partners`;
    `number` is the criterion's place in the file.
    """
    by_partner = [score_rows(analysis, programme, name) for name in partners]
    common = ("criterion", "title", "weight")
    rows = [
        {
            **{key: sides[0][key] for key in common},
            "number": number,
            "differences": [sides[0]["contribution"] - side["contribution"] for side in sides],
            "sides": [
                {key: cell for key, cell in side.items() if key not in common} for side in sides
            ],
        }
        for number, sides in enumerate(zip(*by_partner, strict=True))
    ]
    return sorted(rows, key=lambda row: -max(abs(difference) for difference in row["differences"]))


def explanation_summary(compared: Pair, wished: PartnerReason) -> list[str]:
    """Return the explanation as sentences, to be read aloud."""
    told = [*immediate_summary(compared), price(compared, wished)]
    return [sentence for sentence in told if sentence]


def immediate_summary(compared: Pair) -> list[str]:
    """Return what can be said without choosing anew."""
    told = [
        _standing(compared),
        _advised(compared),
        _for_and_apart(compared),
        *_barred(compared),
        _sure(compared),
    ]
    return [sentence for sentence in told if sentence]


def speaking_for(compared: Pair) -> list[str]:
    """Return what speaks for each of the two, and what bars either."""
    return [_for_and_apart(compared), *_barred(compared)]


def _standing(compared: Pair) -> str:
    why, other = (compared.advice(name) for name in (compared.why, compared.why_not))
    programme = compared.analysis.scenario.programmes[compared.programme].title
    ahead = apart(compared.gap, "ahead", "behind", "level with it")
    return (
        f"{programme}: on a scale from 0 to 100, {compared.title(compared.why)} is worth"
        f" {why.value:.1f} and {compared.title(compared.why_not)} {other.value:.1f}; the first is"
        f" {ahead}."
    )


def _advised(compared: Pair) -> str:
    advice = compared.of_programme
    if compared.analysis.allocation.chosen is None:
        return f"Nothing is recommended: {no_answer_words(compared.analysis)}."
    found = compared.analysis.recommendation
    running = found.entry_of(programme_of(compared.programme))
    if not advice.run and running != compared.programme and found.programme(running).run:
        level = compared.analysis.scenario.level_title(running)
        return f"The programme runs at another level: {level}."
    chosen = listed([compared.title(name) for name in advice.partners])
    told = f"Recommended: {chosen}." if advice.run else "The programme is deferred."
    return f"{told} {programme_reason_words(compared.analysis.scenario, advice.reason)}".strip()


def _for_and_apart(compared: Pair) -> str:
    told = [
        f"{listed(found)} {'speaks' if len(found) == 1 else 'speak'} for {compared.title(name)}"
        for name in (compared.why, compared.why_not)
        if (found := compared.speaking_for(name))
    ]
    return f"{'; '.join(told)}." if told else "They score the same on everything that counts."


def _barred(compared: Pair) -> list[str]:
    reasons = compared.analysis.table.reasons
    return [
        f"{compared.title(name)} cannot be chosen here:"
        f" {within_a_sentence(' '.join(reasons[compared.programme, name]))}"
        for name in (compared.why, compared.why_not)
        if (compared.programme, name) in reasons
    ]


def _first_share(compared: Pair, name: str) -> float | None:
    standing = compared.analysis.robustness.standing(compared.programme, name)
    return standing.first_share if standing else None


def _sure(compared: Pair) -> str:
    shares = [
        (name, found)
        for name in (compared.why, compared.why_not)
        if (found := _first_share(compared, name)) is not None
    ]
    if not shares:
        return ""
    trials = compared.analysis.robustness
    often = " and ".join(
        f"{compared.title(name)} scored highest in {share(found)}" for name, found in shares
    )
    tried = (
        f"In {trials.samples:,} trials with {trials.weight_set}, and with every uncertain"
        f" {drawn_words(compared.analysis)} anywhere it may lie, {often} of them."
    )
    most = max(found for _, found in shares)
    leaders = [name for name, found in shares if found == most and compared.advice(name).rank == 1]
    return " ".join([tried, *_another(compared, leaders)])


def _another(compared: Pair, leaders: list[str]) -> list[str]:
    """Say that the recommendation is another than the leaders just said to score highest most.

    Nothing where it is not.
    """
    chosen = compared.of_programme.partners
    if not leaders or not chosen or set(leaders) & set(chosen):
        return []
    return [f"The recommendation differs: {listed([compared.title(name) for name in chosen])}."]


def price(compared: Pair, wished: PartnerReason) -> str:
    """Say what choosing the one that is not chosen would cost the whole.

    Empty where that has been said, it is chosen, or it cannot be.
    """
    leader = compared.of_programme.reason.leader
    if leader is not None and leader.leader == compared.wished:
        return ""
    words = instead_words(compared.analysis.scenario, wished)
    return f"{compared.title(compared.wished)} instead? {words}" if words else ""


def choice_price_rows(analysis: Analysis, others: tuple[Alternative, ...]) -> list[Row]:
    """Return what each other choice for a programme would mean."""
    rows = alternative_rows(analysis, others)
    return [{**row, "words": alternative_sentence(analysis, row)} for row in rows]


def why_no_prices(compared: Pair) -> str:
    """Say why nothing is said of choosing otherwise; empty where it is."""
    state = compared.analysis.allocation.state
    if state == "optimal":
        return ""
    missing = "What choosing otherwise would mean was not worked out"
    if state == "within-gap":
        proof = "the choice is not proven to be the best. More time (--time-limit) may prove it"
        return f"{missing}: {proof}."
    return f"{missing}: there is no choice to begin with."


def ways_back(compared: Pair) -> list[Row]:
    """Return every limit that, changed alone, would bring the programme back, with its words."""
    advice, scenario = compared.of_programme, compared.analysis.scenario
    rows = zip(way_back_rows(advice), advice.brings_back.ways, strict=True)
    return [{**row, "words": way_back_words(scenario, one)} for row, one in rows]


def turning_points_words(compared: Pair) -> list[str]:
    """Return what would turn the order of the two in sentences, the nearest of each kind first."""
    found = turning_points_between(
        compared.analysis, compared.programme, (compared.why, compared.why_not)
    )
    nearest = {told.flip.kind: told for told in reversed(found)}
    return [
        told.words for told in sorted(found, key=lambda told: told is not nearest[told.flip.kind])
    ][:TURNS]


def largest_difference_rows(compared: Pair) -> list[Row]:
    """Return what stands behind the largest differences: a row for each partner and criterion."""
    return [
        {"title": row["title"], "partner": compared.title(name), **row[side]}
        for row in gap_rows(compared)[:LARGEST]
        if abs(row["difference"]) >= NOTHING
        for name, side in ((compared.why, "why"), (compared.why_not, "why_not"))
    ]
