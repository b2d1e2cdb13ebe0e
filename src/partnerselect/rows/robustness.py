"""The rows of `robustness`: who is first how often, what would turn it, what to find out."""

from __future__ import annotations

from dataclasses import asdict

from partnerselect.advice.certainty import kind_of, scored_highest
from partnerselect.analysis import Analysis, intervals, turning_points, worth_knowing
from partnerselect.robustness.flip_sentences import WordedFlip, criterion_title
from partnerselect.robustness.flips import KINDS
from partnerselect.robustness.results import ProgrammeRobustness, Standing
from partnerselect.rows.choices import choices_json
from partnerselect.rows.report import FORMAT, Row, rounded, scenario_row
from partnerselect.rows.sensitivity import line_rows, margin_rows
from partnerselect.rows.voices import voices_json
from partnerselect.words.wording import share

HEADLINES = 6
"""Flip points told of a programme where not all are asked for."""


def robustness_json(analysis: Analysis, programme: str | None = None) -> Row:
    """Return what `robustness --format json` prints; of one programme if it is named."""
    drawn = analysis.robustness
    report: Row = rounded(
        {
            "format": FORMAT,
            "scenario": scenario_row(analysis),
            "samples": drawn.samples,
            "seed": drawn.seed,
            "weight_set": drawn.weight_set,
            "gates": [asdict(gate) for gate in drawn.gates],
            "programmes": [
                _programme(analysis, name)
                for name in analysis.scenario.programmes
                if programme in {None, name}
            ],
            "choices": choices_json(analysis),
            "worth_finding_out": question_rows(analysis, programme),
            **voices_json(analysis, programme),
        }
    )
    return report


def _programme(analysis: Analysis, name: str) -> Row:
    drawn = analysis.robustness.programmes.get(name)
    leader = next(
        advice.leader for advice in analysis.recommendation.programmes if advice.programme == name
    )
    leading = drawn.of(leader) if drawn and leader else None
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
    eligible = {standing.partner for standing in drawn.standings}
    inside = [_standing(drawn, standing) for standing in drawn.standings]
    outside = [
        {**_standing(drawn, None), "partner": gated.partner, **_gated(drawn, gated.partner)}
        for gated in drawn.gated
        if gated.partner not in eligible
    ]
    return [*sorted(inside, key=lambda row: (-row["first_rank_share"], row["partner"])), *outside]


def _standing(drawn: ProgrammeRobustness, standing: Standing | None) -> Row:
    return {
        "partner": standing.partner if standing else None,
        "first_rank_share": standing.first_share if standing else None,
        "first_rank_error": standing.first_error if standing else None,
        "first_rank_share_any_weights": standing.first_share_free if standing else None,
        **_gated(drawn, standing.partner if standing else ""),
        "ranks": list(standing.ranks) if standing else None,
        "central_weights": standing.central_weights if standing else None,
        "confidence": standing.confidence if standing else None,
        "beats": standing.beats if standing else None,
    }


def _gated(drawn: ProgrammeRobustness, partner: str) -> Row:
    gated = drawn.with_gates(partner)
    return {
        "first_rank_share_with_gates": gated.first_share if gated else None,
        "unavailable": gated.unavailable if gated else None,
        "ranks_with_gates": list(gated.ranks) if gated else None,
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


def flip_row(told: WordedFlip) -> Row:
    """Return one flip point with its sentence."""
    flip = told.flip
    kept = ("kind", "leader", "rival", "subject", "partner", "path", "today", "flip", "distance")
    weights = None if flip.change is None else flip.change.weights.tolist()
    return {**{key: getattr(flip, key) for key in kept}, "weights": weights, "words": told.words}


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
    found = [
        asdict(question)
        for question in worth_knowing(analysis)
        if programme in {None, question.programme}
    ]
    return [{**row, "words": _question_words(analysis, row)} for row in found]


def how_it_was_drawn(analysis: Analysis) -> str:
    """Say what the shares are shares of."""
    drawn = analysis.robustness
    if not drawn.samples:
        return "No trials were run, so no shares are given."
    return (
        f"{drawn.samples:,} trials with {drawn.weight_set}, each uncertain score anywhere in its"
        f" range (seed {drawn.seed})"
    )


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
    drawn = analysis.robustness.programmes.get(programme)
    leader = next(
        advice.leader
        for advice in analysis.recommendation.programmes
        if advice.programme == programme
    )
    leading = drawn.of(leader) if drawn and leader else None
    if drawn is None or leading is None:
        return ""
    titles = {name: partner.title for name, partner in analysis.scenario.partners.items()}
    free = (
        ""
        if analysis.scenario.analysis.weights == "free"
        else f" ({share(leading.first_share_free)} whatever the weights)"
    )
    sentence = (
        f"{titles[leading.partner]} {scored_highest(leading.first_share)} with"
        f" {analysis.robustness.weight_set}{free}."
    )
    if drawn.first_most in {None, leading.partner}:
        return sentence
    often = drawn.of(str(drawn.first_most))
    return (
        f"{sentence} {titles[str(drawn.first_most)]} scored highest more often:"
        f" {share(often.first_share if often else 0.0)}."
    )


def _question_words(analysis: Analysis, row: Row) -> str:
    """Say what finding out one score could change."""
    scenario = analysis.scenario
    title, partner = (
        criterion_title(scenario, row["criterion"]),
        scenario.partners[row["partner"]].title,
    )
    change = (
        "would let it in and make it the leader" if row["admits"] else "would change the leader"
    )
    return (
        f"{scenario.programmes[row['programme']].title}: knowing the {title} of {partner} {change}"
        f" in {share(row['change_share'])} of trials."
    )
