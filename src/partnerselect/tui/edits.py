"""Changes with their reason: a score and its evidence, partners and programmes in and out, notes.

Each is a step of the what-if: it can be undone, and is saved as a small file beside the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from partnerselect import what_if
from partnerselect.errors import InputError
from partnerselect.model import programme_of
from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, Entry, FormScreen

if TYPE_CHECKING:
    from partnerselect.model import Scenario, Score
    from partnerselect.tui.shell import Shell

Typed = dict[str, str]
MARKS = {"score", "low", "likely", "high"}
NOTES = "Printed in the paper. Empty takes it away."
NAMED = 2
"""Changes of a what-if that the title of a plan names; of more, only how many there are."""


def _form(
    shell: Shell,
    asked: str,
    entries: list[Entry],
    hint: str,
    changes: Callable[[Typed], Mapping[str, Any]],
) -> FormScreen:
    """Return a form whose answer is made a step of the what-if, once the scenario allows it."""

    def objection(typed: Typed) -> str:
        tried = shell.session.what_if
        if tried is None:
            return "Nothing is open."
        lacking = [entry.label for entry in entries if entry.is_needed and not typed[entry.name]]
        if lacking:
            return f"{lacking[0]} is needed."
        try:
            edits = tried.edits.changed(changes(typed))
        except InputError as error:
            return what_if.sentence(error)
        except what_if.NotAllowedError as error:
            return str(error)
        shell.try_out(edits)
        return ""

    return FormScreen(asked, entries, hint=hint, objection=objection)


def _tell(shell: Shell, *, is_done: bool) -> None:
    if is_done:
        shell.tell_views()
        shell.notify("Changed, and not saved: What if undoes it, and Save keeps it.", timeout=5)


# ── A score ──


async def change_score(shell: Shell, programme: str, partner: str, criterion: str) -> Conversation:
    """Change a score together with what it rests on."""
    scenario = _now(shell)
    if scenario is None:
        return
    stated = scenario.partners[partner]
    special = stated.for_.get(programme)
    own = special is not None and criterion in special.scores
    given = (special.scores if special is not None and own else stated.scores).get(criterion)
    levers = {lever.key: lever for lever in what_if.levers(scenario, programme)}
    lever = levers.get(f"partners.{partner}.for.{programme}.scores.{criterion}")
    title = scenario.criteria.leaves[criterion].title
    if lever is None or given is None:
        shell.notify(f"{title} is worked out, not scored.", timeout=5)
        return
    path = f"partners.{partner}{f'.for.{programme}' if own else ''}.scores.{criterion}"
    answer = yield _form(
        shell,
        f"{title} of {stated.title}",
        [
            Entry("score", "Score", lever.shown, is_needed=True),
            Entry("evidence", "Evidence", given.evidence),
            Entry("source", "Source", given.source),
        ],
        f"{lever.scale.hint}\nWhat it rests on, and where that is found.",
        lambda typed: {path: _rescored(given, lever, typed)},
    )
    _tell(shell, is_done=answer is not None)


def _rescored(given: Score, lever: what_if.Lever, typed: Typed) -> dict[str, Any]:
    """Return a score as it is written with what was typed; date and grade are of the old one."""
    unchanged = typed["score"] == lever.shown
    marks = (
        given.model_dump(include=MARKS, exclude_none=True)
        if unchanged
        else {"score": lever.scale.typed(typed["score"], lever.value)}
    )
    behind = {
        "published": given.published.isoformat() if given.published and unchanged else "",
        "grade": given.grade if unchanged else "",
        "evidence": typed["evidence"],
        "source": typed["source"],
    }
    return {**marks, **{key: value for key, value in behind.items() if value}}


# ── In and out ──


async def leave_out(shell: Shell, partner: str, programme: str | None = None) -> Conversation:
    """Leave a partner out, with the reason, or take it in again."""
    scenario = _now(shell)
    if scenario is None:
        return
    title, path = scenario.partners[partner].title, f"partners.{partner}.excluded"
    if scenario.partners[partner].excluded:
        await shell.begin_what_if({path: None})
        return
    if programme is not None:
        where = yield ChooseScreen(
            f"Leave out {title}",
            [
                Choice(f"Of {scenario.programmes[programme].title} only", programme),
                Choice("Of every programme", ""),
            ],
        )
        if where is None:
            return
        path = f"partners.{partner}.for.{where}.excluded" if where else path
    answer = yield _form(
        shell,
        f"Why is {title} left out?",
        [Entry("reason", "Reason", is_needed=True)],
        "Shown wherever somebody asks why not, and in the paper.",
        lambda typed: {path: typed["reason"]},
    )
    _tell(shell, is_done=answer is not None)


async def defer(shell: Shell, programme: str) -> Conversation:
    """Defer a programme, with the reason."""
    scenario = _now(shell)
    if scenario is None:
        return
    programme = programme_of(programme)
    title = scenario.programme_title(programme)
    lever = next(
        lever
        for lever in what_if.levers(scenario, scenario.entries[programme][0])
        if lever.key == f"programmes.{programme}.mandatory"
    )
    answer = yield _form(
        shell,
        f"Why is {title} deferred?",
        [Entry("reason", "Reason", is_needed=True)],
        "Kept as a note on the programme, and printed in the paper.",
        lambda typed: {
            **lever.changes("deferred"),
            f"programmes.{programme}.notes": f"Deferred: {typed['reason']}",
        },
    )
    _tell(shell, is_done=answer is not None)


async def add_partner(shell: Shell) -> Conversation:
    """Add a partner; what it scores is not yet known."""
    scenario = _now(shell)
    if scenario is None:
        return
    known = list(dict.fromkeys(need for one in scenario.programmes.values() for need in one.needs))
    scored = [name for name, leaf in scenario.criteria.leaves.items() if leaf.from_ is None]

    def changes(typed: Typed) -> Mapping[str, Any]:
        path = f"partners.{_id(typed['title'], scenario.partners)}"
        return {
            path: {
                "title": typed["title"],
                "offers": _listed(typed["offers"]),
                "cost": {"per-day": _number(typed["price"], f"{path}.cost.per-day")},
                "scores": dict.fromkeys(scored, "unknown"),
                "notes": typed["reason"],
            }
        }

    answer = yield _form(
        shell,
        "Add a partner",
        [
            Entry("title", "Name", is_needed=True),
            Entry("offers", "Offers", ", ".join(known), is_needed=True),
            Entry("price", f"Day, {scenario.currency}", is_needed=True),
            Entry("reason", "Reason", is_needed=True),
        ],
        "It offers what programmes need, with commas between. Its scores are unknown until you"
        f" write them: go to it ({shell.key_of['go-to']}), then {shell.key_of['open']}. The reason"
        " is kept as a note.",
        changes,
    )
    _tell(shell, is_done=answer is not None)


async def add_programme(shell: Shell) -> Conversation:
    """Add a programme."""
    scenario = _now(shell)
    if scenario is None:
        return
    offered = list(dict.fromkeys(one for held in scenario.partners.values() for one in held.offers))

    def changes(typed: Typed) -> Mapping[str, Any]:
        path = f"programmes.{_id(typed['title'], scenario.programmes)}"
        needs = [one.rpartition(" ") for one in _listed(typed["needs"])]
        return {
            path: {
                "title": typed["title"],
                "needs": {
                    name.strip() or days: _number(days, f"{path}.needs") for name, _, days in needs
                },
                "importance": _number(typed["importance"], f"{path}.importance"),
                "notes": typed["reason"],
            }
        }

    answer = yield _form(
        shell,
        "Add a programme",
        [
            Entry("title", "Name", is_needed=True),
            Entry("needs", "Needs", is_needed=True),
            Entry("importance", "Importance", "50", is_needed=True),
            Entry("reason", "Reason", is_needed=True),
        ],
        f"Needs are components with their days, as {offered[0] if offered else 'advice'} 20, with"
        f" commas between. Partners offer {', '.join(offered)}. The reason is kept as a note.",
        changes,
    )
    _tell(shell, is_done=answer is not None)


# ── Plans ──


async def keep_plan(
    shell: Shell, draft: what_if.Draft, others: Mapping[str, Any] | None = None
) -> Conversation:
    """Keep a plan under a title, to be judged beside the others.

    Args:
        shell: the app.
        draft: the plan.
        others: what takes back the other changes of the what-if, where that may be wanted.
    """
    scenario, back = _now(shell), dict[str, Any]()
    if scenario is None:
        return
    if others:
        way = yield ChooseScreen(
            "And what else is changed?",
            [Choice("Take it back: judge the plan as saved", others), Choice("Keep it", {})],
        )
        if way is None:
            return
        back = way

    def changes(typed: Typed) -> Mapping[str, Any]:
        plan = {**draft.stated, "title": typed["title"]}
        by = {"by": typed["by"]} if typed["by"] else {}
        return {**back, f"plans.{_id(typed['title'], scenario.all_plans)}": {**plan, **by}}

    answer = yield _form(
        shell,
        "Keep as a plan",
        [
            Entry("title", "Title", _kept_title(shell, draft), is_needed=True),
            Entry("by", "Proposed by"),
        ],
        "It stands in view 7, in the paper and in judge beside the recommendation. Who proposes it"
        " is a role, and may be left empty.",
        changes,
    )
    _tell(shell, is_done=answer is not None)


def _kept_title(shell: Shell, draft: what_if.Draft) -> str:
    """Return a title to begin with: of a plan that rests on a what-if, what was changed there."""
    tried = shell.session.what_if
    told = [] if tried is None else what_if.words_but_plans(tried.differences)
    if not told:
        return draft.title
    changed = "; ".join(told) if len(told) <= NAMED else f"{len(told)} changes"
    return f"{draft.title} (in a what-if: {changed})"


# ── Notes ──


async def note(shell: Shell, owner: str = "") -> Conversation:
    """Write a note on a partner or programme (`partners.X`), or on the whole what-if."""
    scenario = _now(shell)
    if scenario is None:
        return
    kind, _, name = owner.partition(".")
    about = getattr(scenario, kind)[name] if owner else scenario
    path = f"{owner}.notes" if owner else "notes"
    answer = yield _form(
        shell,
        f"Note on {about.title}",
        [Entry("note", "Note", about.notes)],
        NOTES,
        lambda typed: {path: typed["note"] or None},
    )
    _tell(shell, is_done=answer is not None)


def _now(shell: Shell) -> Scenario | None:
    """Return the scenario as it is changed now; None before one is read."""
    tried = shell.session.what_if
    return None if tried is None else tried.edits.scenario


def _id(title: str, taken: Mapping[str, object]) -> str:
    """Return an id made of a title, and of a number where it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "new"
    stem = stem if stem[0].isalpha() else f"n-{stem}"
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _listed(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _number(typed: str, path: str) -> float:
    """Return a figure as people type it.

    Raises:
        NotAllowedError: it is none.
    """
    try:
        return float(typed.replace(",", "").strip().lstrip("£$€"))
    except ValueError:
        raise what_if.NotAllowedError(f"{path.rpartition('.')[2]}: {typed} is no figure") from None
