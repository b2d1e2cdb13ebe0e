"""The paper that goes to the board: one content, rendered to Markdown, HTML and Word."""
