"""The one error that stops a build."""

from pathlib import Path


class PageError(Exception):
    """Says where a page is wrong (file, line, cell), what is wrong and what to do."""

    def __init__(
        self,
        cause: str,
        *,
        path: str | Path,
        line: int | None = None,
        cell: int | None = None,
    ) -> None:
        try:
            path = Path(path).resolve().relative_to(Path.cwd())
        except ValueError:
            path = Path(path)
        where = path.as_posix() + (f":{line}" if line else "")
        super().__init__(f"{where}: " + (f"cell {cell}: " if cell else "") + cause)
