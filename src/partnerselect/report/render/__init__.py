"""Forms: a table on a terminal, as CSV, as Markdown; a paper as Markdown, HTML and Word."""
