"""One table, one renderer for each form: a terminal, CSV, Markdown."""
