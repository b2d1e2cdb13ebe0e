"""An analysis as plain rows: what JSON, screens, tables and papers print.

Nothing downstream computes.

`report` holds the rows of the stable JSON, by id; `board` the rows that executives read, in words;
`opinions` what other methods say; `people` what the stakeholder groups say; `weights` the weights
with their ranges;
`voices` both, as `robustness` has them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
