from .chain import (
    Entry as Entry,
    Head as Head,
    canonical as canonical,
    faults as faults,
    first_difference as first_difference,
    set_back as set_back,
)
from .following import (
    Due as Due,
    committed as committed,
    due as due,
    find_decision as find_decision,
    frozen_weights as frozen_weights,
    junctures as junctures,
    partners_of as partners_of,
    read_decision as read_decision,
    readings as readings,
    refuse as refuse,
    running as running,
    standing as standing,
    success as success,
    superseded as superseded,
)
from .kinds import Content as Content, Kind as Kind
