"""The figures of the paper, drawn from rows by a plotting library that is imported late.

What a row of `Figure.data` holds, by the kind of figure. Names are titles, shown literally; their
order is the order drawn.

contributions: a row for each partner and criterion, partners best first
    `partner`, `criterion`: titles
    `contribution`: points that the criterion adds to the partner's value, 0 to 100 in all
    `chosen`: whether the partner is recommended for the programme
frontier: a row for each efficient choice, in any order
    `currency`: of the scenario (GBP)
    `own_cost`: what it costs us
    `value`: the portfolio's value, 0 to 100
    `today`: whether it is the recommended one
    `label`: a few words to stand beside the point, such as what comes in there, or what the
        recommended one costs and buys; may be empty, and is left out where there is no room
acceptability: a row for each partner, the one most often first on top
    `partner`: its title
    `ranks`: the share of trials in which the partner takes each rank, rank 1 first, each 0 to 1;
        where decisions of others vary, of those trials
    `unavailable`: the share of the same trials in which such a decision is refused; left out, or
        None, where none varies
sensitivity: a row for each criterion and partner
    `criterion`, `partner`: titles
    `at_none`, `at_all`: the partner's value, 0 to 100, if the criterion had none and all of its
        siblings' weight
    `share`: the share of that weight it has, 0 to 1

A figure is about one programme, or the whole portfolio; sensitivity has a panel a criterion.
"""

from __future__ import annotations

from partnerselect.report.paper.content import Figure


def figure_svg(figure: Figure) -> str:
    """Draw a figure as one SVG element: text as text, ink in the colour of the page around it.

    The same rows give the same bytes.
    """
    from partnerselect.report.figures import drawing

    return drawing.svg(figure)


def figure_png(figure: Figure) -> bytes:
    """Draw a figure as a PNG on white, 200 dots an inch.

    The same rows give the same bytes on the same machine.
    """
    from partnerselect.report.figures import drawing

    return drawing.png(figure)
