"""The diary: one file of commits, and what a page makes of it."""

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from browser import require_apart
from bs4 import BeautifulSoup
from made import html_of

from builder.errors import PageError
from builder.prose import diary, places

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs/diary.yml"
PAGES = {
    lang: (ROOT / f"docs/{lang}/diary.md").read_text(encoding="utf-8")
    for lang in ("pt", "en")
}
both = pytest.mark.parametrize("lang", ["pt", "en"])


def rows():
    return diary.read(FILE)["rows"]


def drawing(lang):
    return BeautifulSoup(diary.values(FILE, lang)["diary"], "html.parser")


def test_rows_have_whole_hashes_of_their_own_and_stand_in_the_order_of_time():
    hashes = [row["hash"] for row in rows() if "hash" in row]
    assert len(hashes) > 20 and len(set(hashes)) == len(hashes)
    assert all(re.fullmatch("[0-9a-f]{40}", one) for one in hashes)
    assert all(a["when"] <= b["when"] for a, b in pairwise(rows()))


@pytest.mark.parametrize(
    ("name", "pt", "en"),
    [
        (
            "to_arxiv",
            "21 dias, 53 minutos e 27 segundos",
            "21 days, 53 minutes and 27 seconds",
        ),
        ("to_works", "3 dias e 7 minutos", "3 days and 7 minutes"),
        ("unmasked", "4 dias", "4 days"),
        ("of_messages", "6 dias", "6 days"),
        ("to_sampling", "16 dias", "16 days"),
        ("to_name", "14 minutos", "14 minutes"),
        ("of_the_night", "11 horas", "11 hours"),
        ("works_weekday", "segunda-feira", "Monday"),
        ("works_time", "11h39min35s", "11:39:35"),
        ("night_day", "1º de setembro", "1 September"),
        ("night_time", "1h32", "1:32"),
        ("renamed_time", "", ""),
    ],
)
def test_times_and_what_lies_between_them(name, pt, en):
    assert diary.values(FILE, "pt")[name] == pt
    assert diary.values(FILE, "en")[name] == en


def test_what_the_prose_says_without_a_value():
    when = {row["id"]: row["when"] for row in rows()}
    assert when["works"] == datetime(2014, 8, 11, 11, 39, 35)
    assert (when["gating"] - when["sampling"]).days == 3  # the fourth day on
    assert (when["gating"].date() - when["sampling"].date()).days == 4
    assert (when["comments"].date() - when["cursor"].date()).days == 35
    assert (when["printed"].date() - when["works"].date()).days == 1
    counts = diary.read(FILE)["counts"]
    assert counts[date(2014, 8, 9)][1] == 0 and date(2014, 8, 10) not in counts


def test_counts_of_the_months():
    sums: dict = {}
    for day, count in diary.read(FILE)["counts"].items():
        known = sums.get(day.month, (0, 0))
        sums[day.month] = known[0] + count[0], known[1] + count[1]
    assert sums == {6: (43, 38), 7: (142, 88), 8: (93, 79), 9: (69, 37)}


def test_every_day_with_a_commit_that_is_told_has_a_count():
    counts = diary.read(FILE)["counts"]
    for row in rows():
        if "hash" in row:
            assert counts[row["when"].date()][1] > 0, row["id"]


@both
def test_every_commit_of_the_page_is_in_the_data_and_the_other_way_round(lang):
    cited = re.findall(r"@groundhog2014, commit (\w+)\]", PAGES[lang])
    known = {row["hash"][:7] for row in rows() if "hash" in row}
    assert set(cited) <= known and len(set(cited)) > 15
    text = str(drawing(lang))
    assert all(f"/commit/{row['hash']})" in text for row in rows() if "hash" in row)
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", PAGES[lang] + text)


@both
def test_quotations_are_short_and_messages_are_those_of_the_data(lang):
    text = re.sub(r"```.*?```|^---.*?^---", "", PAGES[lang], flags=re.S | re.M)
    quoted = re.findall(r'"([^"\n]+)"', re.sub(r'lang="en"', "", text))
    assert quoted and all(len(one.split()) <= 25 for one in quoted)
    messages = {row["message"] for row in rows() if "message" in row}
    told = re.findall(r'"([^"\n]+)"(?:</span>\))?\[@groundhog2014, commit', PAGES[lang])
    told += re.findall(r'"([^"\n]+)"</span>\)?\[@groundhog', PAGES[lang])
    assert len(told) > 10 and set(told) - {"Attention -"} <= messages


@both
def test_every_day_is_drawn_once_and_listed(lang):
    soup, data = drawing(lang), diary.read(FILE)
    rings = [c for c in soup.find_all("circle") if c["fill"] == "none"]
    assert len(rings) == len(data["counts"])
    marked = [row for row in data["rows"] if "mark" in row]
    thick = [c for c in rings if c["stroke-width"] == "2"]
    assert len(thick) == len({row["when"].date() for row in marked})
    labels = [t.text for t in soup.find_all("text") if ": " in t.text]
    assert labels == [f"{row['when'].day}: {row['mark'][lang]}" for row in marked]
    _, july, august, _ = re.findall(r"rizar: (.*)\.$", soup.details.text, re.M)[-4:]
    assert "; 8: 19/5; " in july and "; 11: 6/6; " in august


@both
def test_nothing_is_drawn_outside_or_on_top_of_another(chromium, lang):
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    require_apart(page, drawing(lang).svg)
    page.close()


@both
def test_a_notebook_that_leaves_the_site_has_the_calendar_in_words(lang):
    text = places.in_words("A.\n\n{{ diary }}\n\nB.", diary.values(FILE, lang))
    assert "<svg" not in text and "<details" not in text and "<figure" not in text
    assert text.count("\n- **") == len(rows()) + 4 and text.endswith("\n\nB.")


def test_a_page_shows_the_list_with_its_sources(tmp_path):
    (tmp_path / "sources.bib").write_bytes((ROOT / "docs/sources.bib").read_bytes())
    known = diary.values(FILE, "en")
    html = html_of(tmp_path, "# A\n\n{{ diary }}\n\n{{ works_day }}.\n", values=known)
    assert "<p>11 August.</p>" in html and 'href="#fn:bahdanau2014"' in html


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["rows"][1].update(time="2014-13-01"), "sampling: has the time 20"),
        (lambda d: d["rows"][1].update(time="2014-06-01"), "stands after first, which"),
        (lambda d: d["rows"][1].update(hash="a361b7f"), "the hash must be whole"),
        (lambda d: d["rows"][1].pop("message"), "a commit has a hash and a message"),
        (lambda d: d["rows"][1].update(id="first"), "needs an id of its own"),
        (lambda d: d["rows"][1].pop("pt"), "the field .pt. is missing"),
        (lambda d: d["spans"][0].update({"to": "nope"}), "there is no row 'nope'"),
        (lambda d: d["spans"][0].update({"in": "week"}), "counts in week; use day"),
        (lambda d: d["spans"][0].update({"to": "first"}), "first is not later than"),
        (
            lambda d: d["bands"][0].update(last="someday"),
            "cursor: goes from 2014-08-01",
        ),
        (lambda d: d["months"][0].update(days="31:1/1"), "has a day that is none"),
        (lambda d: d["months"][0].update(days="3:1/2"), "the count 3:1/2 is out of"),
        (lambda d: d["months"][0].update(days="3:3"), "cannot read the count 3:3"),
        (lambda d: d["words"]["en"].update(weekdays=["M"]), "weekdays must be seven"),
    ],
)
def test_bad_data_says_which_and_what_to_write(tmp_path, change, told):
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for row in data["rows"]:
        row["time"] = str(row["time"])
    for band in data["bands"]:
        band |= {end: str(band[end]) for end in ("first", "last")}
    change(data)
    path = tmp_path / "diary.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    text = re.sub(r"'(2014-[\d: -]+)'", r"\1", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PageError, match=rf"diary.yml:\d+: .*{told}"):
        diary.values(path, "pt")


def test_without_a_diary_there_is_nothing_to_show(tmp_path):
    assert diary.values(tmp_path / "diary.yml", "pt") == {}


@both
def test_no_page_types_a_time_or_day_that_the_data_holds(lang):
    known = diary.values(FILE, lang)
    times = {value for name, value in known.items() if name.endswith("_time")} - {""}
    days = {value for name, value in known.items() if name.endswith("_day")}
    assert len(times) > 15 and len(days) > 10
    for page in (ROOT / "docs" / lang).glob("*.md"):
        for line in page.read_text(encoding="utf-8").split("\n"):
            assert not [time for time in times if f" {time} " in f"{line} "], page.name
            for sentence in re.split(r"(?<=[.:!?]) ", line):
                if "@groundhog2014" in sentence:
                    told = [day for day in days if f"{day} " in sentence]
                    assert not told, f"{page.name}: {sentence}"
