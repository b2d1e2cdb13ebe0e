"""Light and dark, in colours that people with any colour vision can tell apart."""

from __future__ import annotations

from textual.theme import Theme

from partnerselect.colours import BLUE, GREEN, ORANGE, PARTS, SKY, VERMILLION

DARK = Theme(
    name="dark",
    primary=SKY,
    secondary=BLUE,
    warning=ORANGE,
    error=VERMILLION,
    success=GREEN,
    accent=SKY,
    foreground="#E6E6E3",
    background="#14171C",
    surface="#1B1F26",
    panel="#232830",
    dark=True,
    variables={
        **{f"part-{n}": colour for n, colour in enumerate(PARTS, 1)},
        "muted": "#98A2AE",
        "bar": SKY,
        "track": "#454D58",
        "tight": ORANGE,
        "chosen": "#3FC79A",
        "cursor": "#2A3A4C",
        "footer-background": "#1B1F26",
        "footer-key-foreground": SKY,
    },
)
ON_PAPER = (
    BLUE,
    "#B07900",
    "#00835F",
    "#B0618C",
    "#2E86BE",
    "#C25500",
    "#8F8600",
    "#7A7A7A",
)
"""The parts, dark enough to be read as letters on a light ground."""
LIGHT = Theme(
    name="light",
    primary=BLUE,
    secondary=SKY,
    warning=VERMILLION,
    error=VERMILLION,
    success=GREEN,
    accent=BLUE,
    foreground="#1D1F22",
    background="#FBFAF6",
    surface="#F1EFE8",
    panel="#E7E4DA",
    dark=False,
    variables={
        **{f"part-{n}": colour for n, colour in enumerate(ON_PAPER, 1)},
        "muted": "#5A6068",
        "bar": BLUE,
        "track": "#BDB8AA",
        "tight": "#A84A00",
        "chosen": "#00694D",
        "cursor": "#D5E6F2",
        "footer-background": "#E7E4DA",
        "footer-key-foreground": BLUE,
    },
)
WHITE, PALE, BLACK = "#F2F2F2", "#9A9A9A", "#000000"
MONOCHROME = Theme(
    name="monochrome",
    primary=WHITE,
    secondary=PALE,
    warning=WHITE,
    error=WHITE,
    success=WHITE,
    accent=WHITE,
    foreground="#DADADA",
    background=BLACK,
    surface="#1C1C1C",
    panel="#262626",
    dark=True,
    variables={
        **{f"part-{n}": ("#E8E8E8", "#8C8C8C")[n % 2] for n in range(1, len(PARTS) + 1)},
        "muted": PALE,
        "bar": WHITE,
        "track": "#5A5A5A",
        "tight": WHITE,
        "chosen": WHITE,
        "cursor": "#3A3A3A",
        "footer-background": "#1C1C1C",
        "footer-key-foreground": WHITE,
    },
)
"""Without hues: a glyph, a letter or the weight of the words says what a hue would; neighbouring
parts of a bar differ in brightness."""
THEMES = (DARK, LIGHT, MONOCHROME)
