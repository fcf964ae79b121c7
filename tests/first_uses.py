"""`make terms`: where the words of `first_uses.yml` first stand, and explained."""

import re
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
WORDS = yaml.safe_load((ROOT / "tests/first_uses.yml").read_text(encoding="utf-8"))
FOLDERS = {"pt": "", "en": "en/"}
OTHER = ".cell, .footnote, .margin, .definition, .headerlink, .paper, svg, script"


def in_order(site, language):
    """Every paragraph in the order in which the menu leads: [(page, text), ...]."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    names = re.findall(r"^ +- ([\w-]+)\.md$", settings, re.MULTILINE)
    found = []
    for name in names[: names.index("glossary")]:
        html = (site / f"{FOLDERS[language]}{name}.html").read_text(encoding="utf-8")
        article = BeautifulSoup(html, "html.parser").article
        for part in article.select(OTHER):
            part.decompose()
        for part in article.find_all(["p", "li", "figcaption", "td"]):
            found.append((name, " ".join(part.get_text().split())))
    return found


def gaps(site, language):
    """Words that stand before they are explained: [(word, page, paragraph), ...]."""
    paragraphs, found = in_order(site, language), []
    for word, explained in WORDS[language].items():
        form = re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE * word.islower())
        before = ""
        for page, text in paragraphs:
            before += f" {text}"
            if form.search(text):
                if explained not in before:
                    found.append((word, page, text))
                break
        else:
            found.append((word, "no page", ""))
    return found


def main():
    for language in WORDS:
        listed = gaps(ROOT / "site", language)
        for word, page, text in listed:
            print(f"{language}: '{word}' is not explained on {page}: {text[:160]}")
        known = len(WORDS[language]) - len(listed)
        print(f"{language}: {known} words are explained where they first stand")


if __name__ == "__main__":
    main()
