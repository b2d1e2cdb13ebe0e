"""What is measured, and against what. Never part of the test run."""

import os

from partnerselect import tui

os.environ.setdefault(
    "TEXTUAL_FPS", tui.FRAMES
)  # as `run` has it: Textual looks at it once, when it is imported
