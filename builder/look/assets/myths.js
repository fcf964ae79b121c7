// The score of the game of myths, said aloud; this browser keeps the answers.
{
  const key = "attention myths"; // of both languages
  const keep = use => {
    try {
      return use(localStorage);
    } catch {} // it may not: the score lasts as long as the page
  };
  const last = new URLSearchParams(keep(kept => kept[key]));
  // While the page is being read, before anything stands where it would be moved from.
  const reading = new MutationObserver(changes => {
    for (const { addedNodes } of changes)
      for (const one of addedNodes) if (last.get(one.name) === one.value) one.checked = true;
  });
  const count = one => document.querySelectorAll(`.myth ${one}:checked`).length;
  const show = said => {
    const score = document.querySelector(".score output");
    score.value = said + count(".right") + score.dataset.of + count("input") + score.dataset.end;
  };
  reading.observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    show("");
  });
  addEventListener("change", ({ target }) => {
    const card = target.closest(".myth");
    if (!card) return;
    show(card.querySelector(target.className ? ".hit" : ".miss").textContent + " ");
    keep(kept => (kept[key] = new URLSearchParams(new FormData(target.form))));
  });
  addEventListener("reset", ({ target }) => {
    if (target.id != "myth-score") return; // but the search
    keep(kept => delete kept[key]);
    target.elements[0].focus(); // the button goes
  });
}
