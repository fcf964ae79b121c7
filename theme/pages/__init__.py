"""How a page is made: notebook in, Markdown out. Knows nothing of MkDocs."""
