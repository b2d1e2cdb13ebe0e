"""`rank`: the ranking programme by programme, and the recommended allocation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, analyse, opinions, with_choices
from partnerselect.cli.output import Table, format_option, one_table, print_csv, print_json, print_tables
from partnerselect.cli.session import finish, known_programme, scenario_options, session, tell_state
from partnerselect.files import Loaded
from partnerselect.rows.choices import choice_words, how_choices_were_drawn, regret_words
from partnerselect.rows.otherwise import alternative_rows, alternative_sentence
from partnerselect.rows.report import title
from partnerselect.rows.robustness import gate_words, how_it_was_drawn, leader_words
from partnerselect.second_opinion import METHODS, ProgrammeOpinions
from partnerselect.wording import amount


@click.command()
@scenario_options
@format_option
@click.option("--programme", metavar="P", help="Only this programme's ranking.")
@click.option("--second-opinions", is_flag=True, help="Say where other methods would disagree.")
def rank(
    scenarios: tuple[str, ...],
    form: str,
    programme: str | None,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
    *,
    second_opinions: bool,
) -> None:
    """Rank the partners programme by programme, and recommend who does what."""
    running = session(root, samples, seed, time_limit)
    reports: list[dict[str, Any]] = []
    flat: list[dict[str, Any]] = []

    def one(loaded: Loaded) -> None:
        if programme is not None:
            known_programme(loaded, programme)
        analysis = with_choices(analyse(loaded.scenario))
        tell_state(analysis, loaded, running)
        told = opinions(analysis) if second_opinions else ()
        if form == "json":
            reports.append(_only(_report(analysis, told), programme))
        elif form == "csv":
            flat.extend(_flat_rows(analysis, told, programme))
        else:
            print_tables(_tables(analysis, told, programme), form)

    running.each(scenarios, one)
    if form == "json" and reports:
        print_json(reports if len(scenarios) > 1 else reports[0])
    if flat:
        print_csv(one_table(flat))
    finish(running)


def _report(analysis: Analysis, told: tuple[ProgrammeOpinions, ...]) -> dict[str, Any]:
    report = rows.ranking_json(analysis)
    return {**report, "ranking": rows.rounded(rows.with_second_opinions(report["ranking"], told))} if told else report


def _only(report: dict[str, Any], programme: str | None) -> dict[str, Any]:
    """Keep one programme's rows; totals and limits stay those of the whole."""
    if programme is None:
        return report
    kept: dict[str, set[str | None]] = {"programmes": {programme}, "ranking": {programme}, "allocation": {programme}, "fixed_costs": {programme, None}}
    return {key: [row for row in value if row["programme"] in kept[key]] if key in kept else value for key, value in report.items()}


def _tables(analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str | None) -> list[Table]:
    ranked = [_ranking_table(analysis, told, name) for name in analysis.scenario.programmes if programme in {None, name}]
    return ranked if programme else [_recommendation_table(analysis), *ranked]


def _recommendation_table(analysis: Analysis) -> Table:
    scenario, answered = analysis.scenario, analysis.allocation.account is not None
    found = rows.recommendation_rows(analysis)
    drawn = bool(analysis.choices and analysis.choices.draws)
    shown = tuple(
        (
            row["programme"],
            " + ".join(row["partners"]) or ("deferred" if answered else ""),
            row["value"] if answered else None,
            amount(row["trust_cost"], scenario.currency) if answered else "",
            row["runner_up"],
            row["condition"],
            *([choice_words(analysis, name)] if drawn else []),
        )
        for row, name in zip(found, scenario.programmes, strict=True)
    )
    last = [""] if drawn else []
    extras = tuple((row["title"], "", None, amount(row["trust_cost"], scenario.currency), None, "", *last) for row in rows.extra_rows(analysis))
    reasons = [f"{row['programme']}: {row['reason']}" for row in found if row["reason"]]
    return Table(
        title(analysis),
        ("Programme", "Partners", "Value", "Cost to us", "Best alternative", "On condition", *(["Chosen again"] if drawn else [])),
        (*shown, *extras),
        "\n".join([_total(analysis), *reasons, *_if_opened(analysis), _how_sure(analysis), *_chosen_again(analysis)]),
    )


def _how_sure(analysis: Analysis) -> str:
    """Say what the shares are shares of, gates included."""
    return ". ".join([f"How sure: {how_it_was_drawn(analysis).rstrip('.')}", *gate_words(analysis)]) + "."


def _chosen_again(analysis: Analysis) -> list[str]:
    """Say what `Chosen again` is a share of, and what the choice could cost in regret."""
    drawn = how_choices_were_drawn(analysis)
    if not drawn:
        return []
    return [" ".join([f"Chosen again: {drawn}.", *regret_words(analysis)])] if analysis.choices and analysis.choices.draws else [drawn]


def _if_opened(analysis: Analysis) -> list[str]:
    return [alternative_sentence(analysis, row) for row in alternative_rows(analysis, analysis.if_opened)]


def _total(analysis: Analysis) -> str:
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None:
        return "No recommendation."
    costs = f"cost to us {amount(account.trust_cost, currency)}, others pay {amount(account.cost - account.trust_cost, currency)}"
    return f"Portfolio value {account.value:.1f} of 100 · {costs} · partners: {account.partners}"


def _ranking_table(analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str) -> Table:
    scenario = analysis.scenario
    ranking = rows.ranking_rows(analysis)
    shown = tuple(
        (
            row["rank"],
            scenario.partners[row["partner"]].title,
            row["value"] if row["eligible"] else None,
            rows.how_sure(row),
            amount(row["trust_cost"], scenario.currency) if row["covers"] else "",
            *_other_ranks(row),
            "chosen" if row["chosen"] else "",
            row["reason"],
        )
        for row in (rows.with_second_opinions(ranking, told) if told else ranking)
        if row["programme"] == programme
    )
    others = [name for name, _ in METHODS.values()] if told else []
    words = "\n".join([leader_words(analysis, programme), *(row["words"] for row in rows.opinion_rows(told) if row["programme"] == programme)]).strip()
    return Table(
        title(analysis, scenario.programmes[programme].title),
        ("Rank", "Partner", "Value", "How sure", "Cost to us if alone", *others, "", "Why not"),
        shown,
        words,
    )


def _other_ranks(row: dict[str, Any]) -> list[int | None]:
    return [] if row["second_opinions"] is None else [opinion["rank"] for opinion in row["second_opinions"].values()]


def _flat_rows(analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str | None) -> list[dict[str, Any]]:
    """Return the ranking as flat rows, a column for each criterion's contribution and for what each other method says."""
    ranking = rows.ranking_rows(analysis)
    ranked = rows.rounded(rows.with_second_opinions(ranking, told) if told else ranking)
    return [_flat(analysis, row) for row in ranked if programme in {None, row["programme"]}]


def _flat(analysis: Analysis, row: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in {"contributions", "second_opinions"}}
    contributions = {f"contribution.{name}": value for name, value in row["contributions"].items()}
    others = {f"{method}.{key}": value for method, opinion in (row["second_opinions"] or {}).items() for key, value in opinion.items()}
    return {"scenario": analysis.scenario.id, **kept, **contributions, **others, "illustrative": analysis.scenario.illustrative}
