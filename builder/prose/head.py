"""What stands under a page's title: what it is about, how long it takes, its parts."""

from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from builder.prose.page import OnPage

A_MINUTE = 200  # words that a reader takes in
LONG = 5  # sections: from so many on, a page lists them


class Head(OnPage, Treeprocessor):
    """Puts the page's description and its contents under its title."""

    def run(self, root: Element) -> None:
        place = next((n for n, e in enumerate(root) if e.tag == "h1"), None)
        if place is None or not self.page.description:
            return
        told = Element("p", {"class": "standfirst"})
        told.text = self.page.description
        if self.page.explained:
            minutes = SubElement(told, "small", {"data-search-exclude": ""})
            minutes.text = self.page.words["minutes"].format(minutes_to_read(root))
        sections = [e for e in root if e.tag == "h2" and e.get("id")]
        parts = [told]
        if len(sections) >= LONG:
            parts.append(self._contents(sections))
        root[place + 1 : place + 1] = parts

    def _contents(self, sections: list[Element]) -> Element:
        """List the sections, closed: where the page has no margin for them."""
        attributes = {"class": "contents", "data-search-exclude": ""}
        details = Element("details", attributes)
        SubElement(details, "summary").text = self.page.words["contents"]
        listed = SubElement(details, "ol")
        for section in sections:
            item = SubElement(listed, "li")
            link = SubElement(item, "a", {"href": f"#{section.get('id')}"})
            link.text = _title(section)
        return details


def minutes_to_read(root: Element) -> int:
    """Count the words of a page's prose, not of its code, as minutes; at least one."""
    words = sum(len(text.split()) for text in _prose(root))
    return max(1, round(words / A_MINUTE))


def _prose(element: Element) -> list[str]:
    if element.tag in ("pre", "section") or element.get("class") == "footnote":
        return []
    texts = [element.text or ""]
    for child in element:
        texts += [*_prose(child), child.tail or ""]
    return texts


def _title(section: Element) -> str:
    """Return a heading's words, without the link to itself."""
    words, link = "".join(section.itertext()), "a[@class='headerlink']"
    return words.removesuffix(section.findtext(link, "")).strip()
