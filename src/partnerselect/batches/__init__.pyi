from .engines import Engine as Engine, engine as engine, require as require
from .folder import MANIFEST as MANIFEST
from .run import complete as complete
from .run_comparison import RunComparison as RunComparison, compare_runs as compare_runs
from .sources import (
    MOST_CASES as MOST_CASES,
    Source as Source,
    hashed as hashed,
    load_source as load_source,
    matching_files as matching_files,
    plan as plan,
    refuse_too_many as refuse_too_many,
    sources_in as sources_in,
    with_unique_names as with_unique_names,
)
