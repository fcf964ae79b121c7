"""How a page is made: notebook in, Markdown out. Only `hooks` knows MkDocs."""
