"""What an analyst wrote, as a scenario that remembers where every value stands.

`load` follows `extends`, `criteria` and `scores` within the workspace, gathers every problem of
every file, and raises them once. From the bottom up:

    source        the text of one file and its excerpts
    documents     that text as plain data and YAML nodes
                  (scalars: YAML 1.2's words; syntax: mistakes in plain words)
    sheets        the cells of a CSV file or a workbook
                  (score_tables: as scenario data)
    layers        what a scenario is put together from
                  (workspace: which files it may name; resolving: following the names;
                  nothing: keys without a value; old_words: words of earlier versions)
    places        from a path in the scenario back to file, line and column
    loading       all of it together
    writing       files written whole or not at all
    json_schema   the formats, for editors
    shipped       where the starter stands
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
