"""What another scenario chooses, or this one with something otherwise: rows of one shape."""

from __future__ import annotations

from partnerselect.allocation import Alternative
from partnerselect.analysis import Analysis
from partnerselect.comparison import Comparison, answer_of, compare
from partnerselect.model import entry_at
from partnerselect.rows.plain import Row
from partnerselect.rows.with_and_without import (
    alternative_rows,
    alternative_sentence,
    alternative_title,
)


def other_scenario_row(analysis: Analysis, other: Analysis) -> Row:
    """Return what another scenario chooses, and how it differs from an analysis.

    `programmes` holds title and titles of partners of every programme by id (no partners: it is
    deferred) and whether it `differs`, `gained` the value gained against the analysis where the two
    can be subtracted, `caution` why not, `words` a sentence where there is one.
    """
    found = compare(analysis, other)
    after = found.after
    return {
        "kind": "scenario",
        "title": other.scenario.title,
        "state": after.state,
        "value": after.value,
        "gained": found.value_gained,
        **after.amounts,
        "currency": after.currency,
        "caution": caution_words(found),
        "words": "",
        "programmes": {
            one.programme: {
                "title": one.after.title,
                "partners": list(one.after.partners),
                "differs": one.has_other_partners,
            }
            for one in found.programmes
            if one.after is not None
        },
    }


def caution_words(found: Comparison) -> str:
    """Say why two values are not subtracted, to be put into a sentence; empty where they are."""
    if found.why_not is None:
        return ""
    return "; ".join([found.why_not.value, *measure_words(found)])


def measure_words(found: Comparison) -> list[str]:
    """Say what both choices are worth by either's weights, where their measures differ."""
    told = []
    for words, values in (("before", found.measured_as_before), ("after", found.measured_as_after)):
        if values is not None:
            told.append(f"by the weights {words} the choices are worth {_shown(*values)}")
    return told


def _shown(before: float, after: float) -> str:
    return f"{before:.1f} before and {after:.1f} after"


def alternative_scenario_rows(
    analysis: Analysis, alternatives: tuple[Alternative, ...]
) -> list[Row]:
    """Return what would be chosen with and without each gate, payer and partner.

    In the shape of `other_scenario_row`; `changes` makes it so, by path.
    """
    told = zip(alternative_rows(analysis, alternatives), alternatives, strict=True)
    return [
        {**_otherwise(analysis, row), "changes": alternative.changes} for row, alternative in told
    ]


def _otherwise(analysis: Analysis, row: Row) -> Row:
    titles = analysis.scenario.partner_titles
    now = {
        name: {"title": programme.title, "partners": list(programme.partners)}
        for name, programme in answer_of(analysis).programmes.items()
    }
    then = {
        change["programme"]: [
            *analysis.scenario.at_level(
                [titles[name] for name in change["then"]],
                entry_at(change["programme"], change["level"]) if "level" in change else None,
            )
        ]
        for change in row["programmes"]
    }
    return {
        "kind": row["kind"],
        "title": alternative_title(analysis, row),
        "state": row["state"],
        "value": row["value"],
        "gained": row["value_change"],
        "own_cost": row["own_cost"],
        "currency": analysis.scenario.currency,
        "caution": "",
        "words": alternative_sentence(analysis, row),
        "programmes": {
            name: {
                **programme,
                "partners": then.get(name, programme["partners"]),
                "differs": name in then,
            }
            for name, programme in now.items()
        },
    }
