"""Read both languages against real dictionaries: `make spell`.

hunspell reads the built pages: what stands in a page's own language against that
language, what is marked as the other one against the other. Code, formulas and outputs
are left out. Words that are right and in no dictionary stand in `words.txt`.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
WORDS = Path(__file__).with_name("words.txt")
DICTIONARIES = {"pt-BR": "pt_BR", "en": "en_GB", "either": "pt_BR,en_GB"}
SKIPPED = (
    "pre, code, samp, math, svg, script, style, .output, .headerlink, .footnote-ref,"
    " .footnote-backref, .paper, .margin, .definition, .downloads, .source summary"
)
HELP = """hunspell and its dictionaries are needed. On Debian or Ubuntu:
    apt install hunspell hunspell-pt-br hunspell-en-gb"""


def texts(site):
    """Yield (page, language, text) of everything that is prose."""
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        article = soup.article
        for tag in article.select(SKIPPED):
            tag.replace_with(" ")
        for tag in article.select(".source em, .footnote em"):
            tag.replace_with(" ")  # titles, in the language of the work
        page = path.relative_to(site).as_posix()
        for tag in article.select("[lang]"):
            yield page, tag["lang"], tag.extract().get_text(" ")
        for tag in article.select("em, summary"):  # words that are talked about
            yield page, "either", tag.extract().get_text(" ")
        yield page, soup.html["lang"], article.get_text(" ")


def words(text):
    """Return the words of a text, without addresses, names of files and places."""
    text = re.sub(
        r"https?://\S+|\S+@\S+|\S+\.(html|org|com|py|ai|cc|ch)\b\S*", " ", text
    )
    text = re.sub(r"\b(App|Eq|Fig)\.", " ", text)  # places in a source
    text = text.replace("’", "'").replace("\xad", "")
    return set(re.findall(r"(?<!\w)[^\W\d_]+(?:['-][^\W\d_]+)*(?!\w)", text))


def parts(word):
    """Return a word and its parts, as hunspell may name them."""
    return {word, word.removesuffix("'s"), *re.split("['-]", word)}


def own_words():
    """Return the words of this site that are right and in no dictionary."""
    return re.sub(r"#.*", "", WORDS.read_text(encoding="utf-8")).split()


def unknown(words, language, own):
    """Return those of the words that hunspell does not know, in one run of it."""
    done = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-p", own, "-l"],
        input="\n".join(sorted(words)),
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def main():
    there = shutil.which("hunspell") and subprocess.run(
        ["hunspell", "-D"], input="", capture_output=True, encoding="utf-8", check=False
    )
    if not there or not all(name in there.stderr for name in ("pt_BR", "en_GB")):
        raise SystemExit(HELP)
    seen, found = {}, {}
    for page, language, text in texts(ROOT / "site"):
        for word in words(text):
            seen.setdefault(language, {}).setdefault(word, set()).add(page)
    with tempfile.NamedTemporaryFile("w", suffix=".dic", encoding="utf-8") as own:
        listed = own_words()
        own.write("\n".join([*listed, *(f"{word}'s" for word in listed)]))
        own.flush()
        for language, pages in seen.items():
            for word in unknown(pages, language, own.name):
                places = [pages[w] for w in pages if word in parts(w)]
                found[language, word] = set().union(*places)
    read = {part for pages in seen.values() for w in pages for part in parts(w)}
    if stale := set(listed) - read:  # such a word could only hide a slip
        raise SystemExit(f"on no page, take out of {WORDS.name}: {', '.join(stale)}")
    for (language, word), pages in sorted(found.items()):
        print(f"{language} {word}: {', '.join(sorted(pages))}")
    if found:
        raise SystemExit(f"{len(found)} unknown words: mend them, or see {WORDS.name}")
    print("Both languages are spelt as their dictionaries say.")


if __name__ == "__main__":
    sys.exit(main())
