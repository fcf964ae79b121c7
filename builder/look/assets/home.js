// The picture of the first page, word by word: each word that looks is lit in turn.
{
  const [play, stop] = document.currentScript.dataset.words.split("|");
  const figure = document.querySelector(".gaze"),
    button = figure.querySelector(".play");
  const pause = 900; // milliseconds to read a word and see its lines
  let timer, at;
  const show = () => {
    const words = [...figure.querySelectorAll(".asks > div")].filter(word =>
      word.checkVisibility(),
    );
    words.forEach((word, n) => word.classList.toggle("lit", n == at));
    figure.querySelector(".lines:has(.lit)")?.classList.add("playing");
    if (at++ >= words.length) end();
  };
  const end = () => {
    timer = clearInterval(timer);
    button.textContent = play;
    figure
      .querySelectorAll(".lit, .playing")
      .forEach(one => one.classList.remove("lit", "playing"));
  };
  const begin = () => {
    at = 0;
    timer = setInterval(show, pause);
    button.textContent = stop;
    figure.querySelector("[value=lines]").checked = true;
    show();
  };
  button.onclick = () => (timer ? end() : begin());
  figure.addEventListener("change", () => timer && end());
}
