from .claims import claim as claim, is_claimed as is_claimed
from .json_schema import KINDS as KINDS, schema_text as schema_text
from .loading import (
    Loaded as Loaded,
    LoadedCriteria as LoadedCriteria,
    load as load,
    load_either as load_either,
)
from .old_words import with_new_words as with_new_words
from .places import Places as Places
from .shipped import FOLDERS as FOLDERS, starter as starter
from .source import resolved as resolved, why_unreadable as why_unreadable
from .variants import file_name as file_name, variant_text as variant_text
from .workspace import workspace_of as workspace_of
from .writing import write_whole as write_whole
