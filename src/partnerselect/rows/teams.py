"""Who works on each programme in a whole choice, and how two choices differ there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from partnerselect.allocation import engagements_of, teams_of
from partnerselect.analysis import Analysis
from partnerselect.rows.plan_words import named_at_level
from partnerselect.words import listed

Engagement = tuple[str, str, str]
"""Programme, component, partner."""
Shown = Collection[tuple[str, tuple[str, ...]]]
"""Programmes with teams of which it is said who does what."""


class Teams:
    """The teams of one whole choice, the partner with most days first."""

    def __init__(self, analysis: Analysis, engagements: Iterable[Engagement]) -> None:
        self._scenario, self._engagements = analysis.scenario, tuple(engagements)
        found = teams_of(analysis.table.workload, self._engagements)
        self.entries = {
            name: next((one for one in entries if found[one]), entries[0])
            for name, entries in self._scenario.entries.items()
        }
        """Every programme to the entry of the level at which it runs, else the first."""
        self._teams = {name: found[entry] for name, entry in self.entries.items()}

    @classmethod
    def recommended(cls, analysis: Analysis) -> Teams:
        """Return the teams of the recommended choice; without an answer nobody works."""
        chosen = analysis.allocation.chosen
        work = analysis.table.workload
        return cls(analysis, () if chosen is None else engagements_of(work, chosen))

    def team(self, programme: str) -> tuple[str, tuple[str, ...]]:
        """Return who works on a programme at which level, whoever does what."""
        return self.entries[programme], tuple(sorted(self._teams[programme]))

    def shared(self, programme: str) -> frozenset[Engagement]:
        """Return who does what for a programme."""
        return frozenset(one for one in self._engagements if one[0] == self.entries[programme])

    def titled(self, programme: str) -> tuple[str, ...]:
        """Return the titles of who works on a programme, the last with its level."""
        titles = self._scenario.partner_titles
        named = [titles[name] for name in self._teams[programme]]
        return self._scenario.at_level(named, self.entries[programme])

    def named(self, programme: str, names: Mapping[str, str]) -> str:
        """Name who works on a programme, with its level."""
        return named_at_level(
            self._scenario, names, self.entries[programme], self._teams[programme]
        )

    def shared_words(self, programme: str, names: Mapping[str, str]) -> str:
        """Say who does what for a programme; nothing where one partner does all."""
        if len(self._teams[programme]) < 2:  # noqa: PLR2004 - shared by two at least
            return ""
        does: dict[str, list[str]] = {partner: [] for partner in self._teams[programme]}
        for entry, component, partner in self._engagements:
            if entry == self.entries[programme]:
                does[partner].append(self._scenario.component_title(component))
        return "; ".join(f"{names[partner]} for {listed(needs)}" for partner, needs in does.items())


def teams_shared_otherwise(choices: Iterable[Teams]) -> Shown:
    """Return the teams that share their work in more than one way in several choices."""
    ways: dict[tuple[str, tuple[str, ...]], set[frozenset[Engagement]]] = {}
    for one in choices:
        for programme in one.entries:
            ways.setdefault(one.team(programme), set()).add(one.shared(programme))
    return {team for team, shared in ways.items() if len(shared) > 1}


def difference_words(
    ours: Teams,
    theirs: Teams,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    shown: Shown,
) -> str:
    """Say what a whole choice does differently from another, programme by programme."""
    told = []
    for programme in theirs.entries:
        if theirs.shared(programme) == ours.shared(programme):
            continue
        words = theirs.named(programme, names)
        is_alike = theirs.team(programme) == ours.team(programme)
        if is_alike or theirs.team(programme) in shown:
            words = f"{words} ({theirs.shared_words(programme, names)})"
        told.append(f"{titles[programme]}: {words}")
    return "; ".join(told)
