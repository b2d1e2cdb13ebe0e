from .api import (
    Analysis as Analysis,
    Batch as Batch,
    FailureError as FailureError,
    InputError as InputError,
    Scenario as Scenario,
    analyse as analyse,
    batch as batch,
    load as load,
)

__version__: str
