"""Make the site's fonts from Adobe's: only the letters of both languages, as WOFF2.

    npm pack source-serif@4.5.1 source-code-pro@2.42.0    (unpack both in one folder)
    pip install fonttools==4.68.0 brotli==1.2.1
    python builder/vendor/fonts/subset.py FOLDER

The names change, as their licence asks of changed fonts ("Source" is reserved).
Prints the checksums that `manifest.json` keeps.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FACES = {  # ours: theirs
    "serif": "source-serif/TTF/SourceSerif4-Regular.ttf",
    "serif-bold": "source-serif/TTF/SourceSerif4-Semibold.ttf",
    "serif-italic": "source-serif/TTF/SourceSerif4-It.ttf",
    "mono": "source-code-pro/TTF/SourceCodePro-Regular.ttf",
}
LETTERS = "".join(map(chr, range(0x20, 0x7F)))
LETTERS += "ÀÁÂÃÇÉÊÍÑÓÔÕÖÚÜàáâãäçèéêëíïñóôõöúüıŁ"
LETTERS += "\xa0§†ª°±²³¶·º×Σασ–—‘’“”…−∞√≤≥≠←↑→↓✓"
NAMES = {1, 3, 4, 6, 16, 25}  # what names a family or a face


def main(folder: Path) -> None:
    for name, source in FACES.items():
        package, _, path = source.partition("/")
        font = TTFont(folder / package / path, recalcTimestamp=False)
        options = subset.Options(
            layout_features=["kern", "liga", "ccmp", "mark", "tnum"],
            hinting=False,
            name_IDs=[*range(7), 13, 14],
            notdef_outline=True,
        )
        kept = subset.Subsetter(options)
        kept.populate(text=LETTERS)
        kept.subset(font)
        names = font["name"]
        names.names = [one for one in names.names if one.platformID == 3]
        for record in names.names:
            if record.nameID in NAMES:
                record.string = f"Nascimento-{name}"
        font.flavor = "woff2"
        made = HERE / f"{name}.woff2"
        font.save(made)
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        missing = [c for c in LETTERS if ord(c) not in font.getBestCmap()]
        print(made.name, made.stat().st_size, digest, "without", *missing)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
