"""Statements to judge: a heading that says its verdict becomes a card of a game.

`### Cats bark. {#bark .false}`, and below it why; `.half` and `.true` are the others.
Choosing an answer is HTML, what follows from it `myths.css`: no script is needed.
"""

from collections.abc import Iterator
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from builder.prose.page import OnPage

VERDICTS = ("true", "half", "false")  # as they stand side by side
FORM, CARD = "myth-score", "myth"
ASIDE = {"data-search-exclude": ""}
ADVICE = "### Words. {#id .true}, or .half, or .false, and below it a paragraph why"

# The picture hangs below the answers, as wide as the three of them.
THIRD = 120
EYE = (180, 44)
LID, LASHES = "M148 44Q180 64 212 44", "M160 51l-4 7m14-3l-2 7m12-6v7m10-8l2 7m8-11l4 7"
GAZE = "var(--gaze,currentColor)"  # also where no style is read
RIGHT, WRONG = "M-5 0l4 4l6 -8", "M-4 -4l8 8m0 -8l-8 8"


class Myths(OnPage, Treeprocessor):
    """Makes cards of the statements of one page, and a place for the score."""

    def run(self, root: Element) -> None:
        headings = [h for h in root if h.tag == "h3"]
        if not any(h.get("class") in VERDICTS for h in headings):
            return
        for number, heading in enumerate(headings, start=1):
            place, why = list(root).index(heading), _below(root, heading)
            root[place] = self._card(number, heading, why)
            for part in why:
                root.remove(part)
        root.insert(place + 1, self._score())
        # The list of contents would give the game away in its length.
        names = {h.get("id") for h in headings}
        self.md.toc_tokens = _without(self.md.toc_tokens, names)  # type: ignore[attr-defined]

    def _card(self, number: int, heading: Element, why: list[Element]) -> Element:
        verdict, name = heading.attrib.pop("class", ""), heading.get("id", "")
        if verdict not in VERDICTS or not why or why[0].tag != "p":
            cause = f"a statement to judge has a verdict, and says why: {ADVICE}"
            raise self.page.error(cause, f"{{#{name}")
        card = Element("fieldset", {"class": CARD, "aria-labelledby": name})
        legend = SubElement(card, "legend", ASIDE)
        legend.text = str(number)
        for link in heading.findall("a[@class='headerlink']"):
            heading.remove(link)  # or it would be read out in the name of the card
            legend.append(link)
        card.append(heading)
        card.append(self._answers(name, verdict))
        below = SubElement(card, "div", {"class": "verdict"})
        first = Element("strong")
        first.text = f"{self._words()[verdict]}."
        first.tail, why[0].text = f" {why[0].text or ''}", ""
        why[0].insert(0, first)
        below.extend(why)
        return card

    def _words(self) -> dict[str, str]:
        return dict(zip(VERDICTS, self.page.words["myths"]["answers"].split("|")))

    def _answers(self, name: str, verdict: str) -> Element:
        answers = Element("div", {"class": "answers", **ASIDE})
        for answer, word in self._words().items():
            label = SubElement(answers, "label")
            choice = {"type": "radio", "form": FORM, "name": name, "value": answer}
            if answer == verdict:
                choice["class"] = "right"
            SubElement(label, "input", choice).tail = word
        label.tail = self.md.htmlStash.store(picture(verdict))
        said = SubElement(answers, "p", {"class": "said"})
        for outcome, mark in (("hit", "✓"), ("miss", "×")):
            one = SubElement(said, "span", {"class": outcome, "hidden": ""})
            one.text = f"{mark} {self.page.words['myths'][outcome]}"
        return answers

    def _score(self) -> Element:
        """Make the form that all answers belong to: how many are right."""
        words = self.page.words["myths"]
        _, between, after = words["score"].split("{}")
        # Such a form is never sent.
        kind = {"id": FORM, "class": "score", "method": "dialog", **ASIDE}
        form = Element("form", kind)
        SubElement(form, "output", {"data-of": between, "data-end": after})
        SubElement(form, "button", {"type": "reset"}).text = words["begin"]
        return form


def _below(root: Element, heading: Element) -> list[Element]:
    """Return what stands below a heading, down to the next one, or to the notes."""
    after = list(root)[list(root).index(heading) + 1 :]

    def belongs(part: Element) -> bool:
        return part.tag not in ("h1", "h2", "h3") and part.get("class") != "footnote"

    return list(takewhile(belongs, after))


def _without(tokens: list[dict], names: set[str | None]) -> list[dict]:
    kept = (token for token in tokens if token["id"] not in names)
    return [{**one, "children": _without(one["children"], names)} for one in kept]


def picture(verdict: str) -> str:
    """Draw an eye that looks at the verdict, and for each answer whether it is right.

    The verdict stands in words beside it. `myths.css` shows the eye closed, and of the
    marks none, until somebody answers; without it, the eye is open.
    """
    parts = [*_gaze(verdict), f'<path class="lid" d="{LID}{LASHES}" display="none"/>']
    for place, answer in enumerate(VERDICTS):
        colour, mark = ("right", RIGHT) if answer == verdict else ("wrong", WRONG)
        parts.append(
            f'<g class="mark {answer}" transform="translate({_middle(place)} 13)"'
            f' stroke="var(--paper)" display="none"><circle r="11" stroke-width="2"'
            f' fill="var(--{colour})"/><path d="{mark}"/></g>'
        )
    return (
        f'<svg viewBox="0 0 {3 * THIRD} 68" aria-hidden="true" fill="none"'
        ' stroke="currentColor" stroke-width="2.5" stroke-linecap="round"'
        f' stroke-linejoin="round">{"".join(parts)}</svg>'
    )


def _middle(place: int) -> int:
    """Return the middle of an answer.

    >>> [_middle(place) for place in range(3)]
    [60, 180, 300]
    """
    return THIRD * place + THIRD // 2


def _gaze(verdict: str) -> Iterator[str]:
    """Draw what an open eye sees: light from the iris to the whole of one answer."""
    side = VERDICTS.index(verdict) - 1
    (x, y), there, dx, dy = EYE, _middle(side + 1), 11 * side, -2 if side else -3
    lids = f'd="M148 {y}Q{x} {y - 28} 212 {y}Q{x} {y + 28} 148 {y}z"'
    yield f'<g class="open"><path class="beam" stroke="none" fill="{GAZE}"'
    yield f' opacity=".3" d="M{x + dx} {y + dy}L{there - 56} 0H{there + 56}z"/>'
    yield f'<path fill="var(--paper)" stroke="none" {lids}/>'
    yield f'<g class="iris" transform="translate({dx} {dy})" stroke="none">'
    yield f'<circle cx="{x}" cy="{y}" r="10" fill="{GAZE}"/>'
    yield f'<circle cx="{x}" cy="{y}" r="4" fill="var(--ink)"/></g><path {lids}/></g>'
