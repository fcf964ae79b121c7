"""Every warning is an error; what is expected was written by hand."""

import logging

import pytest

from builder.site import strict


@pytest.fixture
def docs(tmp_path):
    (tmp_path / "docs/pt").mkdir(parents=True)
    text = "# Olá\n\n[um](more-cats.md)\n[dois](cats.md#a)\n[três](cats.md)\n"
    (tmp_path / "docs/pt/page.md").write_text(text, encoding="utf-8")
    return tmp_path / "docs"


@pytest.mark.parametrize(
    ("message", "located"),
    [
        (
            "Doc file 'pt/page.md' contains a link 'cats.md', but the target is not "
            "found among documentation files.",
            "docs/pt/page.md:5: broken link 'cats.md', but the target is not "
            "found among documentation files.",
        ),
        (
            "Doc file 'pt/page.md' contains a link 'cats.md#a', "
            "but the doc 'pt/cats.md' does not contain an anchor '#a'.",
            "docs/pt/page.md:4: broken link 'cats.md#a', "
            "but the doc 'pt/cats.md' does not contain an anchor '#a'.",
        ),
        (
            "Doc file 'pt/page.md' contains an absolute link '/a', it was left as is.",
            "docs/pt/page.md:1: broken link '/a', it was left as is.",
        ),
        (
            "Doc file 'pt/gone.md' contains an unrecognized relative link 'a', it was.",
            "docs/pt/gone.md:1: broken link 'a', it was.",
        ),
        ("Something else about 'pt/page.md'", "Something else about 'pt/page.md'"),
    ],
)
def test_a_broken_link_is_told_with_its_line(docs, message, located):
    assert strict.locate(message, docs) == located


def test_a_broken_link_of_a_shared_file_is_told_there(docs):
    (docs / "glossary.yml").write_text("- id: a\n  where: far.md\n", encoding="utf-8")
    told = strict.locate("Doc file 'pt/page.md' contains a link 'far.md', no.", docs)
    assert told.startswith("docs/glossary.yml:2: broken link 'far.md'")


@pytest.fixture
def watched(docs):
    """MkDocs' logger with warnings watched, and afterwards as it was."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.handlers[:]
    logger.setLevel(logging.ERROR)  # as with -q
    strict.read_from(docs)
    strict.watch_warnings(PermissionError)
    strict.watch_warnings(PermissionError)
    yield logger
    logger.setLevel(before[0])
    logger.handlers[:] = before[1]


def test_a_warning_raises_even_when_quiet(watched):
    assert len(watched.handlers) == 1
    with pytest.raises(PermissionError, match="^old cats$"):
        logging.getLogger("mkdocs.plugins.any").warning("old %s", "cats")


def test_an_information_or_an_error_does_not_raise(watched):
    watched.info("building")
    watched.error("told already")


def test_a_page_that_a_browser_does_not_find_while_serving_does_not_raise(watched):
    logging.getLogger("mkdocs.livereload").warning('"GET /favicon.ico" code 404')
