"""What an analyst wrote, as a scenario that remembers where every value stands.

`load` follows `extends`, `criteria` and `scores` within the workspace, gathers every problem of
every file, and raises them once. From the bottom up:

    source        which files may be named, the text of one and its excerpts
    syntax        YAML 1.2's words, and mistakes in plain words
    documents     the text of a file as plain data and YAML nodes
    slips         what was hardly meant: empty keys, texts cut short, words of earlier versions
    sheets        the cells of a CSV file or a workbook
                  (readings: what people write in them; headed: where a table stands in them)
    score_tables  a table of scores as scenario data
                  (marks: a single score; score_forms: a list or a matrix; table_files: which
                  table a scenario names)
    books         a workbook as scenario data
                  (book: what was read of one; book_layout: its sheets and columns; book_kinds:
                  what may stand in a cell; book_sheets, book_rows: read; book_pages, book_page:
                  laid out; book_writing: written; book_words: what is wrong with one)
    layers        what a scenario is put together from, and from a path in it back to its place
    resolving     following the names from file to file
    loading       all of it together
                  (faults: what is wrong with it, if anything is)
    writing       files written whole or not at all
    json_schema   the formats, for editors
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
