"""What people hold: the paper, the workbook, figures, and a renderer for each form."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
