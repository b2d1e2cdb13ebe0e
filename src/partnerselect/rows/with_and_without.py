"""What would be done otherwise: with a gate turned, a payer gone, a partner left out."""

from __future__ import annotations

from partnerselect import robustness
from partnerselect.allocation import Alternative, AsFile, closed_phases
from partnerselect.analysis import Analysis
from partnerselect.model import programme_of
from partnerselect.rows.plain import Row
from partnerselect.words import NOT_WORKED_OUT, amount, counted, difference, listed, points

TOLD_ONE_BY_ONE = 3
"""Programmes that change; of more, only the deferred are named."""
SHOWN_POINTS = 0.005
SHOWN_AMOUNT = 0.5


def alternative_rows(analysis: Analysis, alternatives: tuple[Alternative, ...]) -> list[Row]:
    """Return one row for every gate, payer, partner and commitment otherwise."""
    account = analysis.allocation.account
    return [
        {
            "kind": alternative.kind,
            "subject": alternative.subject,
            "change": alternative.change,
            "state": alternative.state,
            "why": alternative.why,
            "value": alternative.value,
            "own_cost": alternative.own_cost,
            "value_change": None
            if account is None or alternative.value is None
            else alternative.value - account.value,
            "own_cost_change": None
            if account is None or alternative.own_cost is None
            else alternative.own_cost - account.own_cost,
            "programmes": _changed_rows(analysis, alternative),
            "as_file": _as_file_row(analysis, alternative.as_file),
        }
        for alternative in alternatives
    ]


def _changed_rows(analysis: Analysis, found: Alternative | AsFile) -> list[Row]:
    """Return whose partners differ, and who then runs at which level where that differs."""
    teams = {
        programme_of(one.programme): one.partners for one in analysis.recommendation.programmes
    }
    same = {name: (teams[name], teams[name]) for name in found.levels}
    doses = {name: analysis.scenario.programmes[entry].dose for name, entry in found.levels.items()}
    return [
        {
            "programme": name,
            "now": list(now),
            "then": list(then),
            **({"level": dose.level} if (dose := doses.get(name)) else {}),
        }
        for name, (now, then) in (same | found.changed).items()
    ]


def _as_file_row(analysis: Analysis, found: AsFile | None) -> Row | None:
    """Return what a file of its own would give; None where that is the same."""
    if found is None:
        return None
    return {
        "criteria": list(found.criteria),
        "state": found.state,
        "value": found.value,
        "own_cost": found.own_cost,
        "programmes": _changed_rows(analysis, found),
    }


def alternative_sentence(analysis: Analysis, row: Row) -> str:
    """Say what an alternative would mean.

    First what it comes to, then what would be done instead, then what a file of its own would give.
    """
    return f"{_sentence(analysis, row)}{_as_file_sentence(analysis, row)}"


def _as_file_sentence(analysis: Analysis, row: Row) -> str:
    """Say what a file of its own would give, where a local scale would end elsewhere in it."""
    found = row["as_file"]
    if found is None:
        return ""
    titles = listed(
        [robustness.criterion_title(analysis.scenario, name) for name in found["criteria"]]
    )
    opening = f" This keeps the scale of {titles} as it is now; if the scale were set afresh,"
    if found["value"] is None:
        return f"{opening} no plan would be possible."
    cost = amount(found["own_cost"], analysis.scenario.currency)
    worth = f"{opening} the plan would be worth {points(found['value'])} for {cost} to us"
    if not found["programmes"]:
        return f"{worth}, and the partners would stay as recommended."
    if found["programmes"] == row["programmes"]:
        return f"{worth}, with the same changes."
    return f"{worth}: {_instead(analysis, found['programmes'])}."


def _sentence(analysis: Analysis, row: Row) -> str:
    opening = _named(analysis, row)[1]
    told = difference_words(row, analysis.scenario.currency)
    if row["state"] == "no-answer-yet":
        return f"{opening}, what would be done {NOT_WORKED_OUT[row['why'] or 'time']}."
    if row["value_change"] is None:
        return f"{opening}, no plan would be possible{_because_over(analysis, row)}."
    if not row["programmes"]:
        return f"{opening}, the same partners would be chosen{f'; {told}' if told else ''}."
    return (
        f"{opening}, {told or 'the whole would be worth and cost as much'}:"
        f" {_instead(analysis, row['programmes'])}."
    )


def _because_over(analysis: Analysis, row: Row) -> str:
    """Say that the phases of what was committed are over, where they are."""
    if row["kind"] != "commitment":
        return ""
    work, (programme, need) = analysis.table.workload, str(row["subject"]).rsplit(".", 1)
    entries = analysis.scenario.entries.get(programme, (programme,))
    numbers = [n for n, (entry, one) in enumerate(work.needs) if entry in entries and one == need]
    over = (work.spread[numbers] > 0) & closed_phases(analysis.scenario, work)
    return ": a phase in which its work falls is over, and takes nobody new" if over.any() else ""


def alternative_title(analysis: Analysis, row: Row) -> str:
    """Return what an alternative is called where there is little room."""
    return _named(analysis, row)[0]


def _named(analysis: Analysis, row: Row) -> tuple[str, str]:
    """Return what would be otherwise, as a title and as the opening of a sentence."""
    scenario, subject = analysis.scenario, str(row["subject"])
    match row["kind"]:
        case "gate":
            gate, opens = scenario.gates[subject].title, row["change"] == "open"
            decided = "confirmed" if opens else "refused"
            return f"{decided.capitalize()}: {gate}", f"If “{gate}” were {decided}"
        case "payer":
            payer = scenario.payer_title(subject)
            return f"{payer} pays nothing", f"If {payer} paid nothing"
        case "commitment":
            programme, need = subject.split(".", 1)
            decided = f"{scenario.programme_title(programme)} ({scenario.component_title(need)})"
            return f"Not committed: {decided}", f"Without what is committed for {decided}"
        case "methods":
            most = scenario.limits.methods
            return (
                "Any number of methodologies",
                (
                    "If we did not have to keep to"
                    f" {'one methodology' if most == 1 else f'{most} methodologies'}"
                ),
            )
        case "pair":
            told = _pair(analysis, row)
        case _:
            told = f"Without {scenario.partners[subject].title}"
    return told, told


def _pair(analysis: Analysis, row: Row) -> str:
    programme, _, partner = str(row["subject"]).rpartition(".")
    of = (
        f"{analysis.scenario.partners[partner].title} for"
        f" {analysis.scenario.programme_title(programme)}"
    )
    return f"{'With' if row['change'] == 'with' else 'Without'} {of}"


def _instead(analysis: Analysis, changes: list[Row]) -> str:
    """Say what becomes of each programme; of many, who is deferred or runs, and how many change.

    One that runs at another level is told by that level, whoever works on it.
    """
    title = analysis.scenario.programme_title
    if len(changes) <= TOLD_ONE_BY_ONE:
        return "; ".join(
            f"{title(change['programme'])} would {_fate(analysis, change)}" for change in changes
        )
    levelled = [change for change in changes if change["then"] and "level" in change]
    others = [change for change in changes if change not in levelled]
    deferred = [f"“{title(one['programme'])}”" for one in others if not one["then"]]
    newly = [f"“{title(one['programme'])}”" for one in others if not one["now"]]
    moved = len(others) - len(deferred) - len(newly)
    told = [f"{listed(deferred)} would be deferred"] if deferred else []
    told += [f"{listed(newly)} would run"] if newly else []
    told += [
        f"“{title(one['programme'])}” would run at {_level(analysis, one)}" for one in levelled
    ]
    told += [f"{counted(moved, 'programme')} would change partners"] if moved else []
    return "; ".join(told)


def _level(analysis: Analysis, change: Row) -> str:
    levels = analysis.scenario.as_written.programmes[change["programme"]].levels
    return f"“{levels[change['level']].title}”"


def _fate(analysis: Analysis, change: Row) -> str:
    titles = listed([analysis.scenario.partners[name].title for name in change["then"]])
    if not titles:
        return "be deferred"
    if "level" in change:
        return f"run at {_level(analysis, change)}, with {titles}"
    return f"go to {titles}" if change["now"] else f"run, with {titles}"


def difference_words(row: Row, currency: str) -> str:
    """Say what the whole would gain or lose and cost; nothing where neither shows."""
    change, cost = float(row["value_change"] or 0.0), float(row["own_cost_change"] or 0.0)
    if change:
        change = difference(row["value"], row["value"] - change)
    told = []
    if abs(change) >= SHOWN_POINTS:
        told.append(f"{'gain' if change > 0 else 'lose'} {points(abs(change))}")
    if abs(cost) >= SHOWN_AMOUNT:
        told.append(f"cost us {amount(abs(cost), currency)} {'more' if cost > 0 else 'less'}")
    return f"the whole would {' and '.join(told)}" if told else ""
