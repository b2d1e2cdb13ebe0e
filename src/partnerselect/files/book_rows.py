"""What a row of rules, or of weights, says of a scenario."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from partnerselect.errors import Loc
from partnerselect.files.book_layout import RULED
from partnerselect.files.documents import Data
from partnerselect.files.readings import id_of
from partnerselect.model import RULE_KINDS


def rule_in(read: dict[str, Any], data: Data, *, is_list: bool) -> Iterator[tuple[Loc, object]]:
    """Yield what a row of rules says; raises ValueError where something is missing."""
    kind = read.get("rule")
    programmes, partners = read.get("programmes", []), read.get("partners", [])
    needed = {
        **{one: (what, *(["run"] * (len(at) > 1))) for one, (at, what) in RULED.items()},
        "require": ("programmes", "partners"),
        "forbid": ("programmes", "partners"),
        "committed": ("programmes", "component", "partners"),
    }.get(str(kind))
    if needed is None:
        known = f"{', '.join(RULE_KINDS)} or committed"
        raise ValueError(f"must be {known} (found {kind or 'nothing'})")
    if missing := [key for key in needed if key not in read]:
        raise ValueError(f'a rule "{kind}" needs {" and ".join(missing)} in this row')
    _refuse_stray(str(kind), read, needed)
    if kind == "committed":
        for programme in programmes:
            yield ("committed", programme, id_of(read["component"])), partners[0]
        return
    rules = data.get("rules", {})
    name = read.get("id") or next(
        f"{kind}-{number}" for number in range(1, 10**6) if f"{kind}-{number}" not in rules
    )
    loc: Loc = ("rules", id_of(name))
    if kind in RULED:
        at, what = RULED[kind]
        yield (*loc, *at), read[what]
        if "run" in needed:
            yield (*loc, kind, "run"), read["run"]
    else:
        for programme in programmes:
            yield (*loc, str(kind), programme), partners if is_list else partners[0]
    if "anywhere" in read:
        yield (*loc, "anywhere"), read["anywhere"]


def _refuse_stray(kind: str, read: Mapping[str, Any], needed: Collection[str]) -> None:
    """Refuse what a row says beside what its kind of rule can hold; raises ValueError."""
    at_will = {"rule", "id"} if kind == "committed" else {"rule", "id", "anywhere"}
    if stray := [key for key in read if key not in {*needed, *at_will}]:
        raise ValueError(f'a rule "{kind}" takes no {" and no ".join(stray)}; leave that empty')
    if kind == "committed" and len(read["partners"]) > 1:
        raise ValueError("one partner is committed to a component; give each a row of its own")


def weights_in(
    said: Mapping[str, str], points: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield a group's weights: those of the top level, then of each branch it names."""
    method = said.get("method", "swing")
    if not points:
        return
    branches: dict[str, dict[str, Any]] = {}
    for path, value in points.items():
        branch, _, name = path.rpartition(".")
        branches.setdefault(branch, {})[name] = value
    for branch, given in branches.items():
        within = ("branches", branch) if branch else ()
        yield (*within, "method"), method
        if method == "rank":
            places = sorted(set(given.values()))
            tied = [[name for name in given if given[name] == place] for place in places]
            yield (*within, "order"), [one[0] if len(one) == 1 else one for one in tied]
            if "variant" in said:
                yield (*within, "variant"), said["variant"]
        else:
            yield (*within, "points"), given
