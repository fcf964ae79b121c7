"""The site's own type, beside its pages; `styles/type.css` asks for it."""

import shutil
from pathlib import Path

from builder.live.packs import RUNTIME

FONTS = RUNTIME / "fonts"


def copy_to(folder: Path) -> None:
    """Copy the fonts and their licence; `packs` has compared them with their origin."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in [*sorted(FONTS.glob("*.woff2")), FONTS / "OFL.txt"]:
        shutil.copyfile(path, folder / path.name)
