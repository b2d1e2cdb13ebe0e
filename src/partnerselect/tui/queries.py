"""Gathers, in the worker, the rows of one view of one programme.

The engine is imported with the first question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partnerselect.tui.charts.comparing import Against, SideBySide
from partnerselect.tui.charts.people import Voices
from partnerselect.tui.charts.robustness import Again, Study
from partnerselect.tui.jobs import ScenarioFile

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis

Row = dict[str, Any]
FEWEST, MOST = 2, 4
"""Partners side by side."""


def study(analysis: Analysis, programme: str) -> Study:
    """Return what is known of how sure a programme's ranking is."""
    from partnerselect import rows
    from partnerselect.analysis import turning_points
    from partnerselect.robustness import criterion_title

    scenario = analysis.scenario
    standings, turns = rows.standing_rows(analysis, programme), turning_points(analysis, programme)
    said = [rows.leader_words(analysis, programme), f"{rows.how_it_was_drawn(analysis)}."]
    return Study(
        standings=standings,
        standing_words={row["partner"]: rows.shut_words(row) for row in standings},
        drawn=" ".join(said).strip().replace("..", "."),
        intervals=[
            {**row, "title": criterion_title(scenario, row["criterion"])}
            for row in rows.interval_rows(analysis, programme)
        ],
        lines={row["criterion"]: row for row in rows.line_rows(analysis, programme)},
        headlines=rows.headlines(turns),
        turns=[told.words for told in turns],
        margins=rows.margin_rows(analysis, programme),
        margin_words=rows.margin_words(analysis, programme),
        questions=[row["words"] for row in rows.question_rows(analysis, programme)]
        or ["No open score could change the leader."],
        titles={name: partner.title for name, partner in scenario.partners.items()},
        chosen=frozenset(
            row.partner
            for row in analysis.recommendation.ranking
            if row.programme == programme and row.chosen
        ),
        nearest_weight=next(
            (told.flip.subject for told in turns if told.flip.kind == "weight"), None
        ),
    )


def choice_in_draws(analysis: Analysis) -> Analysis:
    """Return the analysis with the best choice of every draw; it takes seconds."""
    from partnerselect.analysis import with_choices

    return with_choices(analysis)


def again(analysis: Analysis, programme: str) -> Again:
    """Return how often a programme's choice would come out the same.

    `analysis` as `choice_in_draws` returns it.
    """
    from partnerselect import rows

    named = zip(
        analysis.choices.pairs if analysis.choices else (), rows.pair_rows(analysis), strict=True
    )
    how = rows.how_choices_were_drawn(analysis)
    return Again(
        told=[f"{how.removesuffix('.')}."] * bool(how) + rows.regret_words(analysis),
        verdict=rows.choice_words(analysis, programme),
        pairs=[row for pair, row in named if pair.programme == programme],
        others=[row for row in rows.portfolio_rows(analysis) if not row["recommended"]][
            : rows.NEXT_BEST
        ],
    )


def to_compare(analysis: Analysis, programme: str) -> tuple[str, ...]:
    """Return whom to compare where nobody has been picked: the one chosen and the runner-up.

    Fewer where there are not two.
    """
    from partnerselect.rows import partner_comparison

    found = partner_comparison(analysis, programme) if len(analysis.scenario.partners) > 1 else None
    return (found.why, found.why_not) if found else tuple(analysis.scenario.partners)


def side_by_side(
    analysis: Analysis, programme: str, partners: Sequence[str], legend: Sequence[tuple[str, float]]
) -> SideBySide:
    """Return the partners side by side.

    What choosing another would cost the whole is left open, for that takes choosing anew.
    """
    from partnerselect import rows

    titles = {name: partner.title for name, partner in analysis.scenario.partners.items()}
    ranking = {
        row["partner"]: row for row in rows.ranking_rows(analysis) if row["programme"] == programme
    }
    first, *others = partners
    pairs = [rows.Pair(analysis, programme, first, other) for other in others]
    return SideBySide(
        partners=[
            {
                **ranking[name],
                "title": titles[name],
                "sure": rows.highest_share_words(ranking[name]),
            }
            for name in partners
        ],
        criteria=rows.side_rows(analysis, programme, partners),
        told=rows.immediate_summary(pairs[0]) if pairs else [],
        against=[
            Against(
                pair.why_not,
                titles[pair.why_not],
                rows.speaking_for(pair),
                None,
                rows.turning_points_words(pair),
            )
            for pair in pairs
        ],
        legend=legend,
        currency=analysis.scenario.currency,
    )


def price(analysis: Analysis, programme: str, partner: str) -> str:
    """Say what choosing a partner would cost the whole; empty where it is chosen or cannot be.

    Chooses anew.
    """
    from partnerselect.rows import instead

    return instead(analysis, programme, partner)


def voices(analysis: Analysis, programme: str) -> Voices | None:
    """Return what the groups say of a programme; None where none are asked."""
    from partnerselect import rows
    from partnerselect.analysis import agreement

    told = agreement(analysis)
    if not told.groups:
        return None
    scenario = analysis.scenario
    everywhere = [
        {**row, "title": scenario.programmes[row["programme"]].title}
        for row in rows.agreement_rows(analysis, told)
    ]
    return Voices(
        groups=[
            (view.group, scenario.stakeholders[view.group].title, view.voice)
            for view in told.groups
        ],
        ranking=[row for row in rows.group_rows(analysis, told) if row["programme"] == programme],
        agreement=next(row for row in everywhere if row["programme"] == programme),
        everywhere=everywhere,
        differences=rows.difference_rows(analysis, told),
        weights={
            view.group: {
                row["criterion"]: row["whole"]
                for row in rows.group_weight_rows(analysis, view.group)
            }
            for view in told.groups
        },
        titles={name: partner.title for name, partner in scenario.partners.items()},
    )


# ── Other scenarios, beside the one on the screen ──


def recommended(analysis: Analysis) -> Row:
    """Return what the scenario on the screen chooses, as the first of all courses."""
    from partnerselect.rows import other_scenario_row

    return other_scenario_row(analysis, analysis)


def other_scenario(analysis: Analysis, file: ScenarioFile) -> Row:
    """Read and work out another scenario, beside the one on the screen."""
    from partnerselect import files
    from partnerselect.analysis import analyse_unpriced
    from partnerselect.optimiser import Watch
    from partnerselect.rows import other_scenario_row

    scenario = files.load(file.path, root=file.root).scenario
    changed = scenario.with_changes(dict(file.changes)) if file.changes else scenario
    return other_scenario_row(
        analysis, analyse_unpriced(changed, Watch(within=analysis.allocator.watch))
    )


def with_and_without(analysis: Analysis) -> list[Row]:
    """Return what would be chosen with and without each gate, payer and partner."""
    from partnerselect.analysis import alternatives
    from partnerselect.rows import alternative_scenario_rows

    return alternative_scenario_rows(analysis, alternatives(analysis))


def awaited(title: str, words: str = "", *, is_given_up: bool = False) -> Row:
    """Return a course that is not there: still to be worked out, or why it cannot be."""
    return {
        "kind": "scenario",
        "title": title,
        "state": None,
        "is_given_up": is_given_up,
        "value": None,
        "gained": None,
        "own_cost": None,
        "currency": "",
        "caution": "",
        "words": words,
        "programmes": {},
    }
