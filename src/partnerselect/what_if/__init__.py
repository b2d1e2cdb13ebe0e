"""What would change the answer?

Changes to a scenario, the levers that make them, and the answer that follows.

changes    the saved scenario, what was changed in it, undo and redo
scales     how far a lever moves at a key press, and what may be typed
levers     everything that can be moved, with what stands in the way of moving it elsewhere
answers    the ranking at once, the best choice seen before, the best choice
shown      all of it as rows, the saved scenario beside the changed one
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
