"""The risks that people rated, with the product of likelihood and impact."""

from __future__ import annotations

from partnerselect.analysis import Analysis
from partnerselect.model.paper import Paper, Risk
from partnerselect.rows.report import Row

NOTHING = "none"


def risk_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every risk, the gravest first, those not rated last.

    `rating` says likelihood × impact and the product.
    """
    stated = (analysis.scenario.paper or Paper()).risks
    rows = [_row(analysis, risk) for risk in stated.values()]
    return sorted(rows, key=lambda row: -(row["score"] or 0))


def _row(analysis: Analysis, risk: Risk) -> Row:
    rated = risk.likelihood is not None and risk.impact is not None
    score = (
        risk.likelihood * risk.impact
        if risk.likelihood is not None and risk.impact is not None
        else None
    )
    return {
        "option": option_title(analysis, risk.option),
        "title": risk.title,
        "score": score,
        "rating": f"{risk.likelihood} × {risk.impact} = {score}" if rated else "not rated",
        "mitigation": risk.mitigation,
    }


def option_title(analysis: Analysis, option: str) -> str:
    """Return the title of a partner or programme, or what stands for doing nothing.

    An unknown id as it is.
    """
    if option == NOTHING:
        return "Doing nothing"
    scenario = analysis.scenario
    holder = scenario.partners.get(option) or scenario.programmes.get(option)
    return holder.title if holder else option
