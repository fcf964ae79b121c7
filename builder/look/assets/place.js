// Where one is on a page: what was searched for is marked there, and the other language
// opens at the section that is in sight. The build puts this behind Material's script.
{
  const plain = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const words = /[\p{L}\p{M}\p{N}]+/gu;
  const sought = new Set(plain(new URLSearchParams(location.search).get("h") ?? "").match(words));
  const page = document.querySelector(".md-content");

  /** The places of the words that were searched for, in what the search knows. */
  function* places() {
    const skip = node => (node.matches?.("[data-search-exclude], .headerlink") ? 2 : 1);
    const walk = document.createTreeWalker(page, 5, skip);
    for (let node; (node = walk.nextNode());) {
      for (const { 0: word, index } of node.data?.matchAll(words) ?? []) {
        if (sought.has(plain(word))) {
          const place = new Range();
          place.setStart(node, index);
          place.setEnd(node, index + word.length);
          yield place;
        }
      }
    }
  }

  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  const show = place => {
    const fold = place?.startContainer.parentElement.closest("details");
    if (fold) fold.open = true;
    const box = place?.getBoundingClientRect();
    if (box?.bottom > innerHeight) scrollBy(0, box.top - innerHeight / 2);
  };

  if (sought.size && window.Highlight) {
    const found = [...places()],
      from = target() ?? page;
    CSS.highlights.set("sought", new Highlight(...found));
    const first = found.find(place => from.compareDocumentPosition(place.startContainer) & 4);
    addEventListener("load", () => show(first)); // a browser that comes back moves on by itself
  }

  const sections = ".md-content :is(h2, h3, h4, .entry, .source)[id]";
  const inSight = () => {
    const aim = target(),
      top = aim?.getBoundingClientRect().top;
    if (aim?.matches(sections) && top >= 0 && top < innerHeight) return aim.id;
    const begun = one => one.getBoundingClientRect().top < 150;
    return [...document.querySelectorAll(sections)].filter(begun).at(-1)?.id ?? "";
  };
  for (const click of ["click", "auxclick"]) {
    addEventListener(click, event => {
      const link = event.target.closest?.(".languages a");
      if (link) link.hash = inSight();
    });
  }
}
