"""The rows of `robustness`: who is first how often, what would turn it, what to find out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from partnerselect.advice import kind_of, scored_highest
from partnerselect.allocation import importance
from partnerselect.analysis import Analysis, intervals, turning_points, worth_knowing
from partnerselect.model import programme_of
from partnerselect.robustness import (
    KINDS,
    InformationValue,
    ProgrammeRobustness,
    WordedFlip,
    criterion_title,
)
from partnerselect.rows.choices import choices_json
from partnerselect.rows.overruns import amounts_json
from partnerselect.rows.people import voices_json
from partnerselect.rows.plain import FORMAT, Row, picked, printed, scenario_row, titled
from partnerselect.rows.sensitivity import line_rows, margin_rows
from partnerselect.words import listed, points, share

FIRST = {
    "first_rank_share": "first_share",
    "first_rank_error": "first_error",
    "first_rank_share_any_weights": "first_share_free",
}
GATED = {
    "first_rank_share_with_gates": "first_share",
    "unavailable": "unavailable",
    "ranks_with_gates": "ranks",
}
STANDING = ("ranks", "central_weights", "confidence", "beats")
HEADLINES = 6
"""Flip points told of a programme where not all are asked for."""


def robustness_json(analysis: Analysis, programme: str | None = None) -> Row:
    """Return what `robustness --format json` prints; of one programme if it is named."""
    drawn = analysis.robustness
    return printed(
        analysis.scenario,
        {
            "format": FORMAT,
            "scenario": scenario_row(analysis),
            **picked(drawn, "samples", "seed", "weight_set", "why_none"),
            "gates": [asdict(gate) for gate in drawn.gates],
            "programmes": [
                _programme(analysis, name)
                for name in analysis.scenario.programmes
                if programme in {None, name}
            ],
            "choices": choices_json(analysis),
            **amounts_json(analysis),
            "worth_finding_out": question_rows(analysis, programme),
            **voices_json(analysis, programme),
        },
    )


def _programme(analysis: Analysis, name: str) -> Row:
    drawn = analysis.robustness.programmes.get(name)
    leader = analysis.recommendation.programme(name).leader
    leading = analysis.robustness.standing(name, leader)
    return {
        "programme": name,
        "leader": leader,
        "leader_share": leading.first_share if leading else None,
        "verdict": kind_of(leading.first_share) if leading else None,
        "first_in_most_draws": drawn.first_most if drawn else None,
        "standings": standing_rows(analysis, name),
        "below_minimum": [asdict(item) for item in drawn.below_minimum] if drawn else [],
        "intervals": interval_rows(analysis, name),
        "flips": [flip_row(told) for told in turning_points(analysis, name)],
        "lines": line_rows(analysis, name),
        "swings": margin_rows(analysis, name),
    }


def standing_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return how each partner comes off in the trials, the one most often first on top.

    Those only barred by their gate last.
    """
    drawn = analysis.robustness.programmes.get(programme)
    if drawn is None:
        return []
    first = sorted(drawn.standings, key=lambda one: (-one.first_share, one.partner))
    partners = dict.fromkeys([one.partner for one in first] + [one.partner for one in drawn.gated])
    return [_standing(partner, drawn) for partner in partners]


def _standing(partner: str, drawn: ProgrammeRobustness) -> Row:
    standing, gated = drawn.of(partner), drawn.with_gates(partner)
    return {
        "partner": partner,
        **{key: getattr(standing, of, None) for key, of in FIRST.items()},
        **{key: getattr(gated, of, None) for key, of in GATED.items()},
        **{key: getattr(standing, key, None) for key in STANDING},
    }


def shut_words(row: Row) -> str:
    """Say of a standing in how many trials the partner's gate is shut; empty where it never is."""
    return (
        f"the decision it depends on is refused in {share(row['unavailable'])} of trials"
        if row["unavailable"]
        else ""
    )


def interval_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return for every criterion how far its weight can move before another partner leads.

    One set for each tied leader.
    """
    return [asdict(found) for found in intervals(analysis, programme)]


HELD = (
    "A change of the order is of values only, one thing at a time: all else stays as it is, the"
    " ends of local scales, the money and the limits too. Who would then be chosen is not worked"
    " out."
)
"""What a flip point says and what it does not."""


def flip_row(told: WordedFlip) -> Row:
    """Return one flip point with its sentence."""
    flip = told.flip
    kept = ("kind", "leader", "rival", "subject", "partner", "path", "today", "flip", "distance")
    weights = None if flip.change is None else flip.change.weights.tolist()
    return {**picked(flip, *kept), "weights": weights, "words": told.words}


def headlines(found: tuple[WordedFlip, ...]) -> list[str]:
    """Return the sentences worth reading first, at most six.

    What weight each rival needs, then the nearest of every other kind.
    """
    first: dict[tuple[str, str], WordedFlip] = {}
    for told in found:
        first.setdefault(
            (told.flip.kind, told.flip.rival if told.flip.kind == "weight" else ""), told
        )
    ordered = sorted(
        first.values(), key=lambda told: (KINDS.index(told.flip.kind), told.flip.distance)
    )
    others = [told for told in ordered if told.flip.kind != "weight"]
    weights = [told for told in ordered if told.flip.kind == "weight"]
    return [told.words for told in [*weights[: HEADLINES - len(others)], *others]]


def question_rows(analysis: Analysis, programme: str | None = None) -> list[Row]:
    """Return the open scores worth finding out, the likeliest to change a leader first."""
    return [
        {**vars(question), "words": _question_words(analysis, question)}
        for question in worth_knowing(analysis)
        if programme in {None, question.programme}
    ]


def finding_rows(analysis: Analysis) -> list[Row]:
    """Return the facts worth finding out, across programmes, what costs most not to know first.

    A score that holds in several programmes is one fact. `share` is how often knowing it would
    change a leader, where most often; `cost` the points of the whole that are lost on average by
    not knowing it, of a programme with levels at the one where most is; `programmes` where it does,
    most often first.
    """
    scenario = analysis.scenario
    weight = dict(zip(scenario.programmes, importance(scenario).tolist(), strict=True))
    facts: dict[tuple[str, ...], list[InformationValue]] = {}
    for one in worth_knowing(analysis):
        special = scenario.partners[one.partner].for_.get(one.programme)
        own = programme_of(one.programme)
        own = own if special and one.criterion in special.scores else ""
        facts.setdefault((one.partner, one.criterion, own), []).append(one)
    rows = [
        {
            **titled(scenario, {"partner": found[0].partner, "criterion": found[0].criterion}),
            "key": "/".join(key),
            "id": found[0].partner,
            "name": scenario.partner_names[found[0].partner],
            "programmes": _one_a_programme(found),
            "in": listed([scenario.programme_titles[name] for name in _lost(found, weight)]),
            "share": found[0].change_share,
            "cost": sum(_lost(found, weight).values()),
            "admits": any(one.admits for one in found),
        }
        for key, found in facts.items()
    ]
    rows = [{**row, "words": _finding_words(row)} for row in rows]
    return sorted(rows, key=lambda row: (-round(row["cost"], 9), -row["share"], row["partner"]))


def _one_a_programme(found: Iterable[InformationValue]) -> list[str]:
    """Return where a leader would change: of a programme with levels the one where most often."""
    first: dict[str, str] = {}
    for one in found:
        first.setdefault(programme_of(one.programme), one.programme)
    return list(first.values())


def _lost(found: Iterable[InformationValue], weight: Mapping[str, float]) -> dict[str, float]:
    """Return what is lost by not knowing a score, by programme: it runs at one level at most."""
    lost: dict[str, float] = {}
    for one in found:
        name, points_lost = programme_of(one.programme), weight[one.programme] * one.value
        lost[name] = max(points_lost, lost.get(name, points_lost))
    return lost


def _finding_words(row: Row) -> str:
    """Say what a fact could change, and what it costs not to know it."""
    change = (
        "let it in, and make it score highest" if row["admits"] else "change who scores highest"
    )
    return (
        f"{row['criterion']} of {row['partner']}: could {change} in {row['in']}, in up to"
        f" {share(row['share'])} of trials; to go by scores without knowing it costs"
        f" {points(row['cost'])} on average."
    )


def how_it_was_drawn(analysis: Analysis) -> str:
    """Say what the shares are shares of."""
    drawn = analysis.robustness
    if not drawn.samples:
        return drawn.why_none or "No trials were run, so no shares are given."
    return (
        f"{drawn.samples:,} trials with {drawn.weight_set}, each uncertain"
        f" {drawn_words(analysis)} anywhere in its range (seed {drawn.seed})"
    )


def drawn_words(analysis: Analysis) -> str:
    """Name what is drawn beside weights and decisions."""
    return "score, price and number of days" if analysis.scenario.has_ranges else "score"


def gate_words(analysis: Analysis) -> list[str]:
    """Say how likely each decision was taken to be, and where assumed; nothing without trials."""
    if not analysis.robustness.samples:
        return []
    return [
        f"{gate.title}: granted in {share(gate.likelihood)} of"
        f" trials{', as we assume' if gate.assumed else ''}"
        for gate in analysis.robustness.gates
    ]


def leader_words(analysis: Analysis, programme: str) -> str:
    """Say who leads a programme, and in how many trials of which weights it scores highest.

    Empty where nothing was drawn or nobody is eligible.
    """
    trials, partners = analysis.robustness, analysis.scenario.partners
    leading = trials.standing(programme, analysis.recommendation.programme(programme).leader)
    if leading is None:
        return ""
    is_free = analysis.scenario.analysis.weights == "free"
    free = "" if is_free else f" ({share(leading.first_share_free)} whatever the weights)"
    told = (
        f"{partners[leading.partner].title} {scored_highest(leading.first_share)} with"
        f" {trials.weight_set}{free}."
    )
    often = trials.more_often_first(programme, leading.partner)
    if often is None:
        return told
    other = partners[often.partner].title
    return f"{told} {other} scored highest more often: {share(often.first_share)}."


def _question_words(analysis: Analysis, question: InformationValue) -> str:
    """Say what finding out one score could change."""
    scenario = analysis.scenario
    title = criterion_title(scenario, question.criterion)
    change = (
        "would let it in and make it score highest"
        if question.admits
        else "would change who scores highest"
    )
    return (
        f"{scenario.programmes[question.programme].title}: knowing the {title} of"
        f" {scenario.partners[question.partner].title} {change} in"
        f" {share(question.change_share)} of trials."
    )


def acceptability_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return the share of trials in which each partner takes each rank, the best first.

    Where gates were drawn, of those draws, so that with `unavailable` each row comes to 1; else of
    the trials with gates as stated, and `unavailable` is None.
    """
    scenario = analysis.scenario
    rows = [row for row in standing_rows(analysis, programme) if row["ranks"] is not None]
    gated = any(row["unavailable"] for row in rows)
    told = [
        {
            "programme": scenario.programmes[programme].title,
            "partner": scenario.partners[row["partner"]].title,
            "ranks": row["ranks_with_gates"] if gated else row["ranks"],
            "unavailable": row["unavailable"] if gated else None,
        }
        for row in rows
    ]
    return sorted(told, key=lambda row: [-part for part in row["ranks"][:1]])
