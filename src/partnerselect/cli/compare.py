"""`compare`: what changed in the inputs, and what in the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from partnerselect.allocation import AMOUNTS, HEADLINES, JudgedPlan
from partnerselect.analysis import Analysis, analyse_unpriced, as_planned, judge
from partnerselect.batches import MANIFEST, RunComparison, compare_runs
from partnerselect.cli.compared_plans import plan_changes, plan_tables, plans_compared
from partnerselect.cli.output import Output, output_options
from partnerselect.cli.plans import known_plans
from partnerselect.cli.revisions import at_revision
from partnerselect.cli.session import NO_ANSWER, Session, scenario_options
from partnerselect.cli.streams import notify
from partnerselect.comparison import (
    Answer,
    Comparison,
    Incomparable,
    InputChange,
    ProgrammeAnswer,
    compare as difference_of,
)
from partnerselect.errors import InputError, input_error
from partnerselect.rows import Row, amount_sentences, caution_words
from partnerselect.tables import Column, Table, data_column
from partnerselect.words import ENDED, difference, plus_or_minus, reading, sum_figure

LONGEST = 60
"""Characters of a value in a table; `--format json` prints all of it."""
NOW = "as it is now"
SIDES = (Column("before", "Before"), Column("after", "After"))
INPUTS = (Column("path", "Path"), *SIDES)
CASES = (Column("case", "Case"), Column("programme", "Programme"), Column("what", "What"), *SIDES)
CHANGED = (
    data_column("before", "The first of the two that are compared."),
    data_column("after", "The second."),
    data_column("kind", "`input`, `answer`, or a case that is in one only."),
    data_column("path", "The path of the input; of an answer the programme and what differs."),
    data_column("from", "What it was, as it is written; empty if it was not there."),
    data_column("to", "What it is; empty if it is not there."),
)
CASE_WORDS = {"state": "how it ended"} | {one.key: one.title.lower() for one in AMOUNTS}
"""What of a case may differ, where it is read otherwise than it is called in files."""
Side = tuple[str, Analysis]
"""One of the things compared: what it is called, and its analysis."""
Change = tuple[str, str, Any, Any]
"""What kind of thing differs, its path, and what it was and is."""


@dataclass(frozen=True)
class Compared:
    """Two things beside one another, in every form that is printed."""

    before: str
    after: str
    inputs: tuple[InputChange, ...]
    answers: list[Change]
    tables: tuple[Table, ...]
    """The answers as they are read."""
    report: Row

    @property
    def changes(self) -> list[Change]:
        """Everything that differs, inputs first."""
        return [*(("input", one.path, one.before, one.after) for one in self.inputs), *self.answers]


@click.command()
@scenario_options
@output_options()
@click.option(
    "--rev",
    "revisions",
    multiple=True,
    metavar="R",
    help="Compare each file with itself at this revision in git; give it twice for two.",
)
@click.option(
    "--plan",
    "plans",
    multiple=True,
    metavar="ID",
    help="Compare the best choice of each file with this plan; give it twice for two plans.",
)
def compare(
    session: Session,
    output: Output,
    scenarios: tuple[str, ...],
    revisions: tuple[str, ...],
    plans: tuple[str, ...],
) -> None:
    """Show what changed in inputs and answers: of scenarios, plans, result folders, revisions."""
    folders = [path for path in scenarios if (Path(path) / MANIFEST).is_file()]
    if folders and (revisions or plans or len(folders) < len(scenarios) or len(folders) == 1):
        raise input_error(
            "result folders are compared with one another; give two or more, no --rev and no --plan"
        )
    if plans:
        if revisions or len(plans) > 2:  # noqa: PLR2004 - before and after
            raise input_error("--plan may be given once or twice, and not with --rev")
        found = [_of_plans(_now(session, path, path), plans) for path in scenarios]
    elif folders:
        first, *others = (Path(path) for path in scenarios)
        found = [_of_runs(first, other) for other in others]
    else:
        found = [_of_scenarios(*pair) for pair in _pairs(session, scenarios, revisions)]
    if output.form in {"json", "jsonl"}:
        reports = [{"before": one.before, "after": one.after, **one.report} for one in found]
        output.print_json(reports, as_array=True)
    elif output.form == "csv":
        rows = tuple(
            (one.before, one.after, kind, path, _cell(was), _cell(now))
            for one in found
            for kind, path, was, now in one.changes
        )
        output.print([_marked(Table("changes", "", CHANGED, rows), *found)])
    else:
        tables = ((one, table) for one in found for table in (_input_table(one), *one.tables))
        output.print(_marked(table, one) for one, table in tables)


def _marked(table: Table, *found: Compared) -> Table:
    """Return a table that says whether figures are made up, and weights were changed once fixed."""
    changed = dict.fromkeys(one.report["weights_changed"] for one in found)
    is_made_up = any(one.report["illustrative"] for one in found)
    return replace(table, illustrative=is_made_up, caution=" ".join(filter(None, changed)))


def _of_runs(before: Path, after: Path) -> Compared:
    found = compare_runs(before, after)
    answers = [
        ("answer", f"{one.case}.{one.programme or 'portfolio'}.{one.what}", one.before, one.after)
        for one in found.changes
    ]
    alone = [
        (f"only {when}", case, None, None)
        for when, cases in (("before", found.only_before), ("after", found.only_after))
        for case in cases
    ]
    return Compared(
        str(before),
        str(after),
        found.inputs,
        [*answers, *alone],
        (_case_table(f"{before} → {after}", found),),
        asdict(found),
    )


def _case_table(name: str, found: RunComparison) -> Table:
    changed = len({change.case for change in found.changes})
    alone = (
        f" · {len(found.only_before):,} only before, {len(found.only_after):,} only after"
        if found.only_before or found.only_after
        else ""
    )
    note = f"{changed:,} of {found.compared:,} cases differ{alone}."
    rows = tuple(
        (
            change.case,
            change.programme or "the whole",
            CASE_WORDS.get(change.what, change.what),
            *_shown(change.what, change.before, change.after),
        )
        for change in found.changes
    )
    return Table("answers", f"Answers: {name}", CASES, rows, note)


def _shown(what: str, before: str, after: str) -> tuple[str, str]:
    """Return two cells of results as they are read; in full where they would look alike."""
    shown = _as_read(what, before), _as_read(what, after)
    return shown if shown[0] != shown[1] else (before or "—", after or "—")


def _as_read(what: str, value: str) -> str:
    """Return a cell of a result as it is read: values with one decimal, amounts as sums are."""
    if what == "state":
        return ENDED.get(value, value)
    if what not in {"value", *(one.key for one in AMOUNTS)} or not value:
        return value or "—"
    return f"{float(value):,.1f}" if what == "value" else sum_figure(float(value))


def _pairs(
    session: Session, paths: tuple[str, ...], revisions: tuple[str, ...]
) -> Iterator[tuple[Side, Side]]:
    if len(revisions) > 2:  # noqa: PLR2004 - before and after
        raise input_error("--rev may be given once or twice")
    if revisions:
        first, second = (*revisions, None)[:2]
        for path in paths:
            yield _then(session, path, first), _then(session, path, second)
        return
    if len(paths) == 1:
        raise input_error("give two scenarios or more, or one and --rev or --plan")
    before = _now(session, paths[0], paths[0])
    yield from ((before, _now(session, other, other)) for other in paths[1:])


def _then(session: Session, path: str, revision: str | None) -> Side:
    if revision is None:
        return _now(session, path, f"{path} {NOW}")
    with at_revision(Path(path), revision, root=session.root) as then:
        return _now(session, str(then), f"{path} at {revision}")


def _now(session: Session, path: str, label: str) -> Side:
    loaded = session.load(path)
    with session.reporting_errors(loaded):
        analysis = analyse_unpriced(loaded.scenario)
        if analysis.allocation.account is None:
            notify(f"{label}: {ENDED[analysis.allocation.state]}.")
            session.exit(NO_ANSWER)
        return label, analysis
    raise InputError([])


def _of_scenarios(before: Side, after: Side, plans: list[Row] | None = None) -> Compared:
    found, name = difference_of(before[1], after[1]), f"{before[0]} → {after[0]}"
    if plans is None:
        plans = plans_compared(
            *(judge(of, over_trials=False, instead=False).plans for _, of in (before, after))
        )
    report, answers = _report(found), _answer_table(name, found)
    over = [f"{side}: {told}" for side, of in (before, after) for told in amount_sentences(of)[:1]]
    answers = replace(answers, note="\n".join([answers.note, *over]))
    return Compared(
        before[0],
        after[0],
        found.inputs,
        [*_answer_changes(found), *plan_changes(plans)],
        (answers, *plan_tables(name, plans, found.after.currency)),
        report | {"plans": plans} if plans else report,
    )


def _of_plans(of: Side, plans: tuple[str, ...]) -> Compared:
    """Compare the best choice of a scenario with a plan of it, or two of its plans."""
    label, analysis = of
    found = judge(analysis, known_plans(analysis.scenario, plans), over_trials=False).plans
    sides: list[tuple[Side, list[JudgedPlan]]] = [(of, [])]
    for one in found:
        planned = as_planned(analysis, one)
        if planned is None:
            raise input_error(f'"{one.title}" cannot be completed, so it has no figures', "plans")
        sides.append(((f"{label}: {one.title}", planned), [one]))
    (before, was), (after, now) = sides[-2:]
    return _of_scenarios(before, after, plans_compared(was, now))


def _input_table(of: Compared) -> Table:
    cells = tuple((one.path, _short(one.before), _short(one.after)) for one in of.inputs)
    note = "" if cells else "The inputs are the same."
    return Table("inputs", f"Inputs: {of.before} → {of.after}", INPUTS, cells, note)


def _report(found: Comparison) -> Row:
    return {
        "inputs": [asdict(change) for change in found.inputs],
        "programmes": [
            {
                "programme": change.programme,
                "changed": change.has_other_partners,
                "before": _programme(change.before),
                "after": _programme(change.after),
            }
            for change in found.programmes
        ],
        "portfolio": {
            "before": {**_whole(found.before), "deferred": list(found.before.deferred)},
            "after": {**_whole(found.after), "deferred": list(found.after.deferred)},
            "value_gained": found.value_gained,
            "caution": caution_words(found),
            "measured_as_before": found.measured_as_before,
            "measured_as_after": found.measured_as_after,
        },
        **{key: getattr(found, key) for key in ("illustrative", "weights_changed")},
    }


def _programme(answer: ProgrammeAnswer | None) -> Row | None:
    if answer is None:
        return None
    known = {"title": answer.title, "partners": list(answer.partners), "value": answer.value}
    return known | {one.key: answer.amounts[one.key] for one in HEADLINES}


def _whole(answer: Answer) -> Row:
    totals = {"value": answer.value, **answer.amounts}
    return {"state": answer.state, **totals, "currency": answer.currency}


def _figures(found: Comparison, answer: ProgrammeAnswer | None) -> Row:
    """Return what one side says of a programme; no value where the two have other measures."""
    if answer is None:
        return {"partners": "—", "value": None, **dict.fromkeys(one.key for one in HEADLINES)}
    nobody = "deferred" if answer.value is not None else ""
    is_comparable = found.why_not is not Incomparable.OTHER_MEASURE
    return {
        "partners": " + ".join(answer.partners) or nobody,
        "value": answer.value if is_comparable else None,
        **{one.key: answer.amounts[one.key] for one in HEADLINES},
    }


def _answer_changes(found: Comparison) -> Iterator[Change]:
    """Yield what differs in the answers."""
    for change in found.programmes:
        before, after = (_figures(found, side) for side in (change.before, change.after))
        for name, was in before.items():
            if was != after[name]:
                yield "answer", f"{change.programme}.{name}", was, after[name]
    first, second = _whole(found.before), _whole(found.after)
    for name in ("state", "value", *found.before.amounts):
        is_told = name != "value" or found.value_gained is not None
        if first[name] != second[name] and is_told:
            yield "answer", f"portfolio.{name}", first[name], second[name]


def _answer_table(name: str, found: Comparison) -> Table:
    rows = []
    for change in found.programmes:
        before, after = (_figures(found, side) for side in (change.before, change.after))
        figures = [side[key] for key in before for side in (before, after)]
        title = change.title
        rows.append((title, *figures, "changed" if change.has_other_partners else ""))
    shown = (
        Column("programme", "Programme"),
        *SIDES,
        Column("value_before", "Value before", "number"),
        Column("value_after", "Value after", "number"),
        *(
            Column(f"{one.key}_{when}", f"{one.title} {when}", one.kind, unit=answer.currency)
            for one in HEADLINES
            for when, answer in (("before", found.before), ("after", found.after))
        ),
        Column("changed", ""),
    )
    return Table("answers", f"Answer: {name}", shown, tuple(rows), _in_all(found))


def _in_all(found: Comparison) -> str:
    """Say what both choices are worth and cost in all, and why values are not subtracted."""
    before, after = found.before, found.after
    if before.value is None or after.value is None:
        return f"Before: {ENDED[before.state]}. After: {ENDED[after.state]}."
    words = f"Portfolio value {before.value:.1f} → {after.value:.1f}"
    if found.measured_as_before is not None:
        words = "Portfolio values have other measures"
    elif found.value_gained is not None:
        words += f" ({plus_or_minus(difference(after.value, before.value))})"
    amounts = [
        f"{one.title.lower()} "
        + " → ".join(
            reading(side.amounts[one.key], one.kind, side.currency) for side in (before, after)
        )
        for one in HEADLINES
    ]
    caution = caution_words(found)
    caution = f" · {caution[:1].upper()}{caution[1:]}." if caution else ""
    deferred = f"programmes deferred {len(before.deferred)} → {len(after.deferred)}{caution}"
    return " · ".join([words, *amounts, deferred])


def _short(value: Any) -> str:  # noqa: ANN401 - an input may be anything
    text = "" if value is None else str(_cell(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _cell(value: Any) -> str | float | int | None:  # noqa: ANN401 - an input may be anything
    if value is None or (isinstance(value, str | float | int) and not isinstance(value, bool)):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
