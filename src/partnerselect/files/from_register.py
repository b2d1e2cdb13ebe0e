"""What a scenario takes from the register: who is committed, a partner's record, weights fixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partnerselect import decisions
from partnerselect.decisions import Entry
from partnerselect.errors import FailureError, InputError, Loc, NotBegunError, Problem, dotted
from partnerselect.files.documents import Data
from partnerselect.model import LEVEL, Scenario, criterion_loc, parts_of, replaced, value_at
from partnerselect.register import is_there, location, open_register
from partnerselect.words import counted, day_words

FROM = "from-register"
COMMITTED: Loc = ("committed",)


@dataclass
class FromRegister:
    """The register beside a scenario, if there is one; opened only where it is needed."""

    folder: Path
    """Of the workspace."""
    url: str | None = None
    """Of the register, where one is named."""
    told: list[str] = field(default_factory=list)
    """What was taken, with the numbers of the entries."""
    notices: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def build(self, data: Data, name: str) -> Scenario:
        """Build a scenario from data, with what it takes from the register; raises InputError."""
        asked, fixed = list(_asked(data)), None
        try:
            if asked or is_there(self.url, self.folder):
                self.entries = open_register(location(self.url, self.folder)).entries
                fixed = decisions.frozen_weights(self.entries, name)
        except (InputError, FailureError) as error:
            if asked:
                raise InputError([Problem(asked[0], str(error))]) from error
            if not isinstance(error, NotBegunError):
                self.notices.append(Problem((), f"the register was not read: {error}"))
        as_at = data.get("as-at") and str(data["as-at"])
        for loc in asked:
            taken = self._committed if loc == COMMITTED else self._score
            data = replaced(data, loc, taken(data, loc, as_at))
        scenario = Scenario.from_data(data, id=name)
        return scenario.beside_register(tuple(self.told), fixed)

    def _committed(self, data: Data, loc: Loc, as_at: str | None) -> dict[str, dict[str, str]]:
        taken: dict[str, dict[str, str]] = {}
        for entry, needs in decisions.committed(self.entries, as_at).items():
            programme, level = parts_of(entry)
            at = ("levels", level) if level else ()
            for need, held in needs.items():
                known = value_at(data, ("programmes", programme, *at, "needs", need)) is not None
                known = known and held.partner in data.get("partners", {})
                if known:
                    taken.setdefault(programme, {LEVEL: level} if level else {})
                    taken[programme][need] = held.partner
                told = f"{entry}, {need}: {held.partner}"
                self._tell(loc, told if known else f"{told}; not in this scenario", held.entries)
        self._note_not_taken(loc, as_at)
        return taken

    def _note_not_taken(self, loc: Loc, as_at: str | None) -> None:
        """Note who was decided on and has not accepted, or that nothing is decided."""
        running = decisions.running(self.entries, as_at)
        for programme, one in running.items():
            for need, held in one.needs.items():
                if not held.is_accepted:
                    answer = "not answered yet" if held.is_accepted is None else "declined"
                    words = f"{programme}, {need}: {held.partner}; {answer}, so not taken"
                    self._note(loc, words, held.entries)
        if not running:
            day = f" on {day_words(as_at)}" if as_at else ""
            self.notices.append(
                Problem(loc, f"from the register: nothing is decided and runs{day}")
            )

    def _score(self, data: Data, loc: Loc, as_at: str | None) -> dict[str, Any]:
        partner, criterion = str(loc[1]), str(loc[-1])
        judged, met = decisions.success(decisions.readings(self.entries, partner, as_at))
        stated = value_at(data, loc)
        kept = dict(stated) if isinstance(stated, dict) else {}
        if not judged:
            return {**kept, "score": "unknown", "evidence": "The register holds no reading of it"}
        numbers = [one.number for one in judged]
        told = f"{len(met)} of {counted(len(judged), 'measure')} met the target"
        self._tell(loc, told, numbers)
        score = _on_scale(
            value_at(data, (*criterion_loc(criterion), "scale")), len(met) / len(judged)
        )
        if score is None:
            raise InputError([Problem(loc, "`from-register` needs a scale of numbers")])
        behind = f"Register, {_numbered(numbers)}"
        latest = max(one.date for one in judged)
        return {**kept, "score": score, "evidence": told, "source": behind, "published": latest}

    def _tell(self, loc: Loc, words: str, numbers: list[int]) -> None:
        self.told.append(f"{dotted(loc)}: {self._note(loc, words, numbers)}")

    def _note(self, loc: Loc, words: str, numbers: list[int]) -> str:
        """Note, for whoever asked, what an entry says; return the words."""
        words = f"from the register: {words} ({_numbered(numbers)})"
        self.notices.append(Problem(loc, words))
        return words


def _asked(data: Data) -> Iterator[Loc]:
    """Yield the places that are to be taken from the register."""
    if data.get("committed") == FROM:
        yield COMMITTED
    partners = data.get("partners")
    for name, partner in partners.items() if isinstance(partners, dict) else ():
        special = value_at(partner, ("for",))
        places: list[Loc] = [("scores",)]
        places += [("for", one, "scores") for one in (special if isinstance(special, dict) else ())]
        for place in places:
            scores = value_at(partner, place)
            for criterion, score in scores.items() if isinstance(scores, dict) else ():
                if FROM in {str(score), str(value_at(score, ("score",)))}:
                    yield ("partners", name, *place, criterion)


def _on_scale(scale: Any, part: float) -> float | None:
    """Return where a share lies between the worst and the best of a scale of numbers."""
    match scale:
        case {"worst": worst, "best": best}:
            return float(worst + part * (best - worst))
        case {"points": points}:
            ends = sorted(points, key=lambda point: point[1])
            return float(ends[0][0] + part * (ends[-1][0] - ends[0][0]))
        case {"local": direction}:
            return 100 * (1 - part if direction == "less" else part)
        case {"ratio": "highest"}:
            return 100 * part
    return None


def _numbered(numbers: list[int]) -> str:
    return f"{'entry' if len(numbers) == 1 else 'entries'} {', '.join(map(str, numbers))}"
