"""The colours of Okabe and Ito (2008), which people with any colour vision can tell apart.

Screens and figures use the same.
"""

from __future__ import annotations

ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE, GREY = (
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
    "#999999",
)
PARTS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, GREY)
"""In the order in which parts of a whole, or lines, take them."""
