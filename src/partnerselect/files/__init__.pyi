from .book import is_book as is_book
from .book_words import advice_in_sheets as advice_in_sheets
from .book_writing import blank_workbook as blank_workbook, kept_as_workbook as kept_as_workbook
from .books import may_hold_scenario as may_hold_scenario
from .documents import parse as parse
from .json_schema import KINDS as KINDS, schema_text as schema_text
from .layers import Places as Places
from .loading import (
    Loaded as Loaded,
    LoadedCriteria as LoadedCriteria,
    load as load,
    load_either as load_either,
)
from .slips import with_new_words as with_new_words
from .source import (
    FOLDERS as FOLDERS,
    decode as decode,
    read_bytes as read_bytes,
    resolved as resolved,
    starter as starter,
    why_unreadable as why_unreadable,
    workspace_of as workspace_of,
)
from .writing import (
    claim as claim,
    file_name as file_name,
    is_claimed as is_claimed,
    scenario_text as scenario_text,
    variant_text as variant_text,
    write_blank as write_blank,
    write_whole as write_whole,
    yaml_text as yaml_text,
)
