"""Dates and scores: one file, and what pages make of it."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import small_site
import yaml
from browser import require_apart
from bs4 import BeautifulSoup
from made import html_of

from builder.errors import PageError
from builder.prose import marks, timeline

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs/timeline.yml"
PROSE = {
    lang: (ROOT / f"docs/{lang}/before-and-after.md").read_text(encoding="utf-8")
    for lang in ("pt", "en")
}

both = pytest.mark.parametrize("lang", ["pt", "en"])


def drawings(lang):
    shown = timeline.values(FILE, lang)
    names = ("timeline", "september", "scoreboard")
    return [BeautifulSoup(shown[name], "html.parser") for name in names]


@both
def test_every_event_is_drawn_once_and_listed_once_in_the_order_of_the_days(lang):
    soup, _, _ = drawings(lang)
    events = timeline.read(FILE)["events"]
    labels = [t.text for t in soup.find_all("text") if t.get("font-weight")]
    assert labels == [event[lang][0] for event in events]
    items = re.findall(r"^- \*\*(.*?)\.\*\* (.*)", soup.details.text, re.MULTILINE)
    told = [BeautifulSoup(event[lang][1], "html.parser").text for event in events]
    assert [text.split("[@")[0] for _, text in items] == told
    assert all("[@" in text for _, text in items)
    assert [e["day"] for e in events] == sorted(e["day"] for e in events)


def test_dots_are_to_scale_the_years_of_the_paper_in_a_larger_one():
    soup, _, _ = drawings("en")
    events = timeline.read(FILE)["events"]
    dots = [float(dot["cy"]) for dot in soup.find_all("circle")]
    assert len(dots) == len(events) and dots == sorted(dots)
    slopes = []
    for first, last in pairwise([1990, 2013, 2014, 2015, 2016, 2026]):
        days = [date(year, 1, 1).toordinal() for year in (first, last)]
        part = [
            (day, dot)
            for event, dot in zip(events, dots)
            if days[0] <= (day := event["day"].toordinal()) < days[1]
        ]
        (start, top), (end, bottom) = part[0], part[-1]
        slopes.append((bottom - top) / (end - start))
        for day, dot in part:
            assert dot == pytest.approx(top + (day - start) * slopes[-1], abs=0.2)
    before, *_, after = slopes
    assert min(slopes[1:4]) > 10 * max(before, after) > 0
    assert slopes[2] == max(slopes)


def test_a_label_stands_beside_its_dot_and_its_day():
    soup, _, _ = drawings("en")
    dots = [float(dot["cy"]) for dot in soup.find_all("circle")]
    labels = soup.find_all("text", attrs={"font-weight": True})
    days = soup.find_all("text", attrs={"font-size": "11"})
    born = [text.text for text in labels].index("ATTENTION: Bahdanau, Cho, Bengio")
    assert days[born].text == "1 Sep"
    for dot, label, day in zip(dots, labels, days, strict=True):
        assert label["y"] == day["y"] and abs(float(label["y"]) - 4 - dot) < 48


@both
def test_nothing_is_drawn_outside_or_on_top_of_another(chromium, lang):
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    for soup in drawings(lang):
        require_apart(page, soup.svg)
    page.close()


@both
def test_bars_and_table_say_the_scores(lang):
    _, _, soup = drawings(lang)
    scores = sorted(timeline.read(FILE)["scores"], key=lambda s: -s["bleu"])
    bars = re.findall(r"M0 \d+h([\d.]+)v", str(soup.svg))
    ratio = [
        float(bar) / score["bleu"] for bar, score in zip(bars, scores, strict=True)
    ]
    assert max(ratio) - min(ratio) < 0.01
    rows = [row.split(" | ") for row in soup.details.text.splitlines() if "[@" in row]
    for row, score in zip(rows, scores, strict=True):
        wanted = f"{score['bleu']:.2f}"
        assert row[1] == (wanted.replace(".", ",") if lang == "pt" else wanted)


def test_the_prose_counts_what_the_dates_say():
    day = {event["id"]: event["day"] for event in timeline.read(FILE)["events"]}
    born = day["bahdanau2014"]
    assert born == date(2014, 9, 1)
    assert (day["cho2014b"] - born).days == 2 and (
        day["sutskever2014"] - born
    ).days == 9
    assert f"{(day['vaswani2017'] - born).days:,}" in PROSE["en"]
    score = {s["en"][0]: s["bleu"] for s in timeline.read(FILE)["scores"]}
    gain = score["RNNsearch-50"] - score["RNNencdec-50"]
    assert f"{gain:.2f} points" in PROSE["en"]


@both
def test_the_prose_has_each_score(lang):
    for score in timeline.read(FILE)["scores"]:
        number = f"{score['bleu']:.2f}"
        assert (number.replace(".", ",") if lang == "pt" else number) in PROSE[lang]


def test_dates_agree_with_the_numbers_of_arxiv():
    """An arXiv number begins with the year and month of the first version."""
    bib = (ROOT / "docs/sources.bib").read_text(encoding="utf-8")
    numbers = {}
    for entry in bib.split("\n@"):
        key, number = re.search(r"\{\s*([\w-]+),", entry), None
        number = re.search(r"\b(\d\d)(\d\d)\.\d{4,5}\b", entry)
        if key and number:
            numbers[key[1]] = [2000 + int(number[1]), int(number[2])]
    checked = 0
    for event in timeline.read(FILE)["events"]:
        if event["id"] in numbers and len(event["when"]) > 1:
            assert event["when"][:2] == numbers[event["id"]], event["id"]
            checked += 1
    assert checked > 10


def broken(folder, change):
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    path = folder / "timeline.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "change, told",
    [
        (
            lambda d: d["events"][1].update(date="1991-13"),
            "has the date 1991-13; write",
        ),
        (lambda d: d["events"][1].pop("date"), "the field .date. is missing"),
        (lambda d: d["events"][1].update(id="brown1993"), "needs an id of its own"),
        (lambda d: d["events"][1].pop("pt"), "the field .pt. is missing"),
        (lambda d: d["scores"][1].update(bleu="26,17"), "bleu must be a number"),
        (lambda d: d["scores"][1].pop("en"), "the field .en. is missing"),
        (lambda d: d["scores"][1].pop("cite"), "the field .cite. is missing"),
        (lambda d: d["events"][1].update(date="1066"), "1066 is not between 1990 and"),
        (lambda d: d["events"][1].update(en="x"), "en must be a list, not 'x'"),
        (lambda d: d.pop("words"), "timeline: the field 'words' is missing"),
        (lambda d: d["words"]["en"]["september"].pop("alt"), "the field 'alt' is miss"),
        (lambda d: d["words"]["en"]["september"].update(steps=["a"]), "must be three"),
        (
            lambda d: d.update(events=[e for e in d["events"] if "cho" not in e["id"]]),
            "a drawing needs the event 'cho2014b'",
        ),
    ],
)
def test_bad_data_says_which_and_what_to_write(tmp_path, change, told):
    with pytest.raises(PageError, match=rf"timeline.yml:\d+: .*{told}"):
        timeline.values(broken(tmp_path, change), "pt")


@pytest.mark.parametrize("day", ["2014-13-40", "2013-08-04-05", "2013-08-04 12:30:00"])
def test_a_day_that_is_none_is_told_in_its_line(tmp_path, day):
    text = FILE.read_text(encoding="utf-8")
    line = text[: text.index("- id: graves2013")].count("\n") + 1
    path = tmp_path / "timeline.yml"
    path.write_text(text.replace("date: 2013-08-04", f"date: {day}"), encoding="utf-8")
    told = f"timeline.yml:{line}: graves2013: has the date {day}; write 1993"
    with pytest.raises(PageError, match=told):
        timeline.values(path, "pt")


def test_bad_data_stops_the_build(tmp_path_factory):
    folder = small_site.copy(tmp_path_factory)
    broken(folder / "docs", lambda data: data["events"][1].update(date="someday"))
    built = small_site.build(folder)
    assert built.returncode
    told = r"timeline.yml:\d+: ahmad1991: has the date someday; write 1993"
    assert re.search(told, built.stderr)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("VISIT is a neural", "VISIT[@nope] is a neural", "'nope' is no source"),
        ("VISIT is a neural", "VISIT {{ nope }} is", "no cell names a value 'nope'"),
        ("VISIT is a neural", "VISIT $x_$ is a neural", "cannot read the formula x_"),
        ("VISIT is a neural", "VISIT **is a neural", "'**' would stand on the page"),
        ("- id: ahmad1991", "- id: nope1991", "'nope1991' is no source"),
    ],
)
def test_a_fault_in_a_sentence_of_the_list_is_told_in_its_own_line(
    tmp_path, old, new, told
):
    (tmp_path / "sources.bib").write_bytes((ROOT / "docs/sources.bib").read_bytes())
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    (tmp_path / "timeline.yml").write_text(text.replace(old, new), encoding="utf-8")
    shown = timeline.values(tmp_path / "timeline.yml", "en")
    with pytest.raises(PageError) as caught:
        html = html_of(tmp_path, "# A\n\n{{ timeline }}\n\nB.\n", values=shown)
        marks.require_none(html, tmp_path / "en/page.md")
    assert f"timeline.yml:{line}: {told}" in str(caught.value)
