"""What follows from entries: what stands, who does what, what is due, how it turned out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from partnerselect.decisions.chain import Entry, canonical
from partnerselect.decisions.kinds import KINDS, Content, Kind, check_form
from partnerselect.errors import input_error
from partnerselect.words import day_words

FOLLOWS = ("accepted", "declined", "reviewed")
"""What changes who does what, from the day of the decision that it is about."""


def refuse(entries: Sequence[Entry], kind: Kind, content: Content) -> None:
    """Refuse, before it is recorded, what cannot follow from the entries; raises InputError."""
    check_form(kind, canonical(content))
    if kind == "superseded":
        find(entries, content["of"])
    elif "of" in KINDS[kind]:
        decision, stated = find_decision(entries, content["of"]), content.get("partner")
        known = partners_of(decision)
        if stated is not None and stated not in known:
            told = ", ".join(known) or "it has none"
            raise input_error(f'"{stated}" is no partner of decision {content["of"]}: {told}')
        if kind in FOLLOWS and content["date"] < decision.date:
            raise input_error(
                f"decision {decision.number} holds from {day_words(decision.date)}, so nothing"
                f" could follow from what holds from {day_words(content['date'])}; give a day on or"
                " after it"
            )
        if (later := content.get("next")) is not None and later <= content["date"]:
            raise input_error(
                f"the next review, {day_words(later)}, is not after the review itself,"
                f" {day_words(content['date'])}; give a later day"
            )


def find(entries: Sequence[Entry], number: int) -> Entry:
    """Return a standing entry by its number; raises InputError."""
    found = _numbered(entries, number)
    if found not in standing(entries):
        raise input_error(f"entry {number} is superseded, or about one that is: see `history`")
    return found


def find_decision(entries: Sequence[Entry], number: int) -> Entry:
    """Return a standing decision by its number; raises InputError."""
    return _decision(find(entries, number), standing(entries))


def read_decision(entries: Sequence[Entry], number: int) -> Entry:
    """Return a decision by its number, to be read, though it may be superseded.

    Raises InputError.
    """
    return _decision(_numbered(entries, number), entries)


def superseded(entries: Sequence[Entry]) -> set[int]:
    """Return the numbers of the entries that hold no more, without those that say so."""
    held = {one.number for one in standing(entries)}
    return {one.number for one in entries if one.number not in held and one.kind != "superseded"}


def _numbered(entries: Sequence[Entry], number: int) -> Entry:
    if not 1 <= number <= len(entries):
        raise input_error(f"there is no entry {number} (the last is {len(entries)}): see `history`")
    return entries[number - 1]


def _decision(found: Entry, among: Sequence[Entry]) -> Entry:
    if found.kind != "decided":
        known = [str(one.number) for one in among if one.kind == "decided"]
        others = f"decisions are {', '.join(known)}" if known else "nothing was decided yet"
        raise input_error(
            f"entry {found.number} is no decision but {found.kind}: {others}; see `history`"
        )
    return found


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that hold: neither superseded nor about one that is."""
    gone = {one.content["of"] for one in entries if one.kind == "superseded"}
    held = []
    for entry in entries:
        if entry.number in gone or entry.content.get("of") in gone:
            gone.add(entry.number)
        else:
            held.append(entry)
    return held


def partners_of(decision: Entry) -> list[str]:
    """Return the partners of a decision, each once."""
    needs = (choice["needs"] for choice in decision.content["choices"])
    return list(dict.fromkeys(partner for one in needs for partner in one.values()))


@dataclass
class Held:
    """Who does what, as decided: a need and its partner."""

    partner: str
    entries: list[int]
    """That say so."""
    is_accepted: bool | None = None
    """None: the partner has not answered."""


@dataclass
class Running:
    """A programme as decided."""

    decision: Entry
    needs: dict[str, Held] = field(default_factory=dict)
    review: str | None = None
    """When it is looked at again."""

    def about(self, content: Content) -> list[str]:
        """Return the needs that an entry is about: a partner's, or all."""
        partner = content.get("partner")
        return [need for need, held in self.needs.items() if partner in {None, held.partner}]


def running(entries: Sequence[Entry], as_at: str | None = None) -> dict[str, Running]:
    """Return what runs, or is to run, by programme at the end of a day; by default, now.

    A later decision replaces an earlier one, at whatever level of a programme; where it keeps the
    partner at the same level, the answer stands.
    """
    found: dict[str, Running] = {}
    for entry in _in_force(entries, as_at):
        if entry.kind == "decided":
            _decide(found, entry)
        elif entry.kind in FOLLOWS:
            for programme in _about(found, entries[entry.content["of"] - 1], entry.content):
                _answer(found[programme], entry)
                if not found[programme].needs:
                    del found[programme]
    return found


def _in_force(entries: Sequence[Entry], as_at: str | None) -> list[Entry]:
    """Return the standing entries up to a day, in the order of the days that they hold from."""
    known = (one for one in standing(entries) if as_at is None or one.date <= as_at)
    return sorted(known, key=lambda one: (one.date, one.number))


def _decide(found: dict[str, Running], entry: Entry) -> None:
    """Put what is decided of programmes, at whatever level, in the place of what was."""
    choices = entry.content["choices"]
    decided = {_without_level(choice["programme"]) for choice in choices}
    before = {name: found.pop(name) for name in [*found] if _without_level(name) in decided}
    for choice in choices:
        if choice["needs"]:
            programme = choice["programme"]
            found[programme] = _as_decided(entry, choice, before.get(programme))


def _as_decided(entry: Entry, choice: Content, before: Running | None) -> Running:
    now = Running(entry, {}, choice.get("review"))
    for need, partner in choice["needs"].items():
        held = before.needs.get(need) if before else None
        kept = held if held and held.partner == partner else Held(partner, [])
        now.needs[need] = Held(partner, [*kept.entries, entry.number], kept.is_accepted)
    return now


def _without_level(programme: str) -> str:
    return programme.partition(".")[0]


def _about(found: Mapping[str, Running], decision: Entry, content: Content) -> list[str]:
    """Return the running programmes that an answer or a review is about."""
    decided = {choice["programme"] for choice in decision.content["choices"]}
    stated = content.get("programme")
    return [one for one in found if one in decided and stated in {None, one}]


def _answer(programme: Running, entry: Entry) -> None:
    """Take in what is said of those needs of a programme that stand as in the decision it names."""
    of = entry.content["of"]
    about = [one for one in programme.about(entry.content) if of in programme.needs[one].entries]
    for need in about:
        held = programme.needs[need]
        if entry.content.get("result") == "ended":
            del programme.needs[need]
            continue
        held.entries.append(entry.number)
        if entry.kind != "reviewed":
            held.is_accepted = entry.kind == "accepted"
    if about and entry.kind == "reviewed":
        programme.review = entry.content.get("next")


def committed(entries: Sequence[Entry], as_at: str | None) -> dict[str, dict[str, Held]]:
    """Return what was decided and accepted and still runs: by programme, by need."""
    found = {
        programme: {need: held for need, held in one.needs.items() if held.is_accepted}
        for programme, one in running(entries, as_at).items()
    }
    return {programme: needs for programme, needs in found.items() if needs}


def readings(
    entries: Sequence[Entry], partner: str | None = None, as_at: str | None = None
) -> list[Entry]:
    """Return the latest reading of each measure of a partner in a programme, up to a day."""
    latest: dict[tuple[str, ...], Entry] = {}
    for entry in _in_force(entries, as_at):
        said = entry.content
        if entry.kind == "reading" and partner in {None, said["partner"]}:
            latest[said["partner"], said["programme"], said["measure"]] = entry
    return list(latest.values())


def success(found: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the readings that can be held against a target, and of these those that met it."""
    judged = [entry for entry in found if entry.content["met"] is not None]
    return judged, [entry for entry in judged if entry.content["met"]]


@dataclass(frozen=True)
class Due:
    """What somebody has still to do: of a programme, measure or partner, by a decision."""

    date: str
    what: Literal["review", "reading", "answer"]
    subject: str
    of: int


def due(entries: Sequence[Entry], by: str | None = None) -> list[Due]:
    """Return what is due by a day, or at all: reviews, readings of measures, answers to offers."""
    now, held = running(entries), standing(entries)
    found = [
        Due(one.review, "review", programme, one.decision.number)
        for programme, one in now.items()
        if one.review
    ]
    read = {one.content["measure"]: one.number for one in held if one.kind == "reading"}
    asked: dict[tuple[str, str], int] = {}
    decisions = {one.decision.number: one.decision for one in now.values()}
    for number, decision in sorted(decisions.items()):
        for name, measure in decision.content["measures"].items():
            if measure.get("by"):
                asked.setdefault((name, str(measure["by"])), number)
    found += [
        Due(by, "reading", name, number)
        for (name, by), number in asked.items()
        if read.get(name, 0) < number
    ]
    found += [
        Due(str(one.content.get("by") or one.date), "answer", *_answers(one))
        for one in _open_offers(entries)
    ]
    return sorted(
        (one for one in found if by is None or one.date <= by), key=lambda one: (one.date, one.of)
    )


def _open_offers(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the offers that nobody has answered since they were made."""
    waiting: dict[tuple[str, int], list[Entry]] = {}
    for entry in _in_force(entries, None):
        if entry.kind == "offered":
            waiting.setdefault(_answers(entry), []).append(entry)
        elif entry.kind in {"accepted", "declined"}:
            waiting.pop(_answers(entry), None)
    for offers in waiting.values():
        yield from offers


def _answers(entry: Entry) -> tuple[str, int]:
    return entry.content["partner"], entry.content["of"]


def frozen_weights(entries: Sequence[Entry], scenario: str) -> tuple[int, dict[str, float]] | None:
    """Return the entry that last fixed the weights of a scenario, and these by place."""
    for one in reversed(standing(entries)):
        if one.kind == "frozen" and one.content["scenario"] == scenario:
            return one.number, one.content["weights"]
    return None


def junctures(entries: Sequence[Entry]) -> dict[int, int]:
    """Return the juncture of each entry, counted from 1 as they were opened.

    What is about a scenario before any was opened belongs to the first that is.
    """
    found: dict[int, int] = {}
    latest: dict[str, int] = {}
    opened: set[str] = set()
    for entry in entries:
        said = entry.content
        if "of" in said:
            found[entry.number] = found[said["of"]]
            continue
        scenario, opens = said["scenario"], entry.kind == "opened"
        if scenario not in latest or (opens and scenario in opened):
            latest[scenario] = max(found.values(), default=0) + 1
        opened |= {scenario} if opens else set()
        found[entry.number] = latest[scenario]
    return found
