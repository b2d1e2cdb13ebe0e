"""What people said, for `robustness`: weights, who disagrees, contradicting judgements."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.analysis import Analysis, agreement, judgements
from partnerselect.errors import dotted
from partnerselect.rows.people import agreement_rows, difference_rows, group_rows
from partnerselect.rows.report import Row
from partnerselect.rows.weights import group_weight_rows, programme_weight_rows, weight_rows
from partnerselect.value.agreement import Agreement
from partnerselect.value.judgements import Consistency


def voices_json(analysis: Analysis, programme: str | None = None) -> Row:
    """Return the keys `weights`, `groups`, `agreement` (null without groups) and `judgements`.

    Of one programme if it is named.
    """
    told = agreement(analysis)
    return {
        "weights": _weights(analysis, programme),
        "groups": [
            {
                "group": view.group,
                "title": analysis.scenario.stakeholders[view.group].title,
                "voice": view.voice,
            }
            for view in told.groups
        ],
        "agreement": _agreement(analysis, told, programme) if told.groups else None,
        "judgements": [_judgement(found) for found in judgements(analysis)],
    }


def with_own_weights(analysis: Analysis, programme: str | None = None) -> list[str]:
    """Return the programmes, or the one named, that have weights of their own."""
    return [
        name
        for name, stated in analysis.scenario.programmes.items()
        if stated.weights is not None and programme in {None, name}
    ]


def of_programme(found: Sequence[Row], programme: str | None) -> list[Row]:
    """Keep one programme's rows, or all where none is named."""
    return [row for row in found if programme in {None, row["programme"]}]


def _weights(analysis: Analysis, programme: str | None) -> list[Row]:
    """Return all weights as one list; `programme` and `group` say whose."""
    found: list[tuple[str | None, str | None, Row]] = [
        (None, None, row) for row in weight_rows(analysis)
    ]
    found += [
        (name, None, row)
        for name in with_own_weights(analysis, programme)
        for row in programme_weight_rows(analysis, name)
    ]
    found += [
        (None, name, row)
        for name in analysis.scenario.stakeholders
        for row in group_weight_rows(analysis, name)
    ]
    return [{"programme": of, "group": group, **row} for of, group, row in found]


def _agreement(analysis: Analysis, told: Agreement, programme: str | None) -> Row:
    return {
        "programmes": of_programme(agreement_rows(analysis, told), programme),
        "ranking": of_programme(group_rows(analysis, told), programme),
        "differences": difference_rows(analysis, told),
    }


def _judgement(found: Consistency) -> Row:
    return {
        "path": dotted(found.of.loc),
        "whose": found.of.whose,
        "branch": found.of.branch,
        "ratio": found.ratio,
        "accepted_up_to": found.accepted_up_to,
        "acceptable": found.acceptable,
        "words": found.words,
        "think_again": dotted(found.mend.loc) if found.mend else None,
    }
