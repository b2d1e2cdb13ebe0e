"""The saved scenario's answer, as a what-if is compared with it."""

from __future__ import annotations

from partnerselect.latest import latest
from partnerselect.tui.picture import Picture
from partnerselect.what_if.answers import LAYERS, Choice, Scored


@latest(2)
def saved_choice(picture: Picture) -> Choice:
    """Return the choice of a picture."""
    found = picture.analysis
    return Choice(
        Scored(found.scenario, found.table, found.scores),
        found.allocation,
        LAYERS[found.allocation.state],
    )
