"""Whom the running levels reach: for each staff group, phase by phase."""

from __future__ import annotations

from partnerselect.advice import ProgrammeAdvice
from partnerselect.analysis import Analysis
from partnerselect.arrays import BoolArray
from partnerselect.rows.plain import Row
from partnerselect.words import counted, listed

OVERLAP = (
    "A group that two programmes reach counts the larger share, since nobody knows how far they"
    " overlap."
)


def reach_rows(analysis: Analysis) -> list[Row]:
    """Return for each staff group and phase how many people are reached, and by whom most.

    None without an answer. `programme` is the entry whose share counts, None where nobody is.
    """
    work, groups = analysis.table.workload, analysis.scenario.staff_groups
    if analysis.allocation.chosen is None:
        return []
    return [
        {
            "group": name,
            "phase": phase,
            "people": share * group.people,
            "of": group.people,
            "share": share,
            "programme": entry,
        }
        for name, group in groups.items()
        for reached in [_reached(analysis, name)]
        for t, phase in enumerate(work.phases)
        for share, entry in [_largest(reached, t)]
    ]


def _reached(analysis: Analysis, group: str) -> list[tuple[float, str, BoolArray]]:
    """Return the share of a group that each running programme reaches, and the phases it runs in.

    The programme is named by its entry.
    """
    work = analysis.table.workload
    return [
        (share, one.programme, work.runs_in[work.programmes.index(one.programme)])
        for one in analysis.recommendation.programmes
        if one.run and (share := _shares(analysis, one).get(group)) is not None
    ]


def _largest(reached: list[tuple[float, str, BoolArray]], t: int) -> tuple[float, str | None]:
    """Return the largest share that a programme reaches in a phase, and its entry."""
    shares = [(share, entry) for share, entry, phases in reached if phases[t]]
    return max(shares, key=lambda one: one[0], default=(0.0, None))


def _shares(analysis: Analysis, advice: ProgrammeAdvice) -> dict[str, float]:
    dose = analysis.scenario.programmes[advice.programme].dose
    return dict(dose.reach) if dose else {}


def reach_words(analysis: Analysis, advice: ProgrammeAdvice) -> str:
    """Say whom a programme reaches at the level at which it runs; empty where nobody is named."""
    groups = analysis.scenario.staff_groups
    told = [
        f"{groups[name].title} ({round(share * groups[name].people):,} of"
        f" {counted(groups[name].people, 'person', 'people')})"
        for name, share in (_shares(analysis, advice) if advice.run else {}).items()
        if share
    ]
    return f"It reaches {listed(told)}." if told else ""
