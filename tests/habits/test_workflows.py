"""The workflow files: pinned actions, least rights, the Pythons that are promised."""

import re
import tomllib

import pytest
import yaml
from lines import ROOT
from packaging.specifiers import SpecifierSet

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What a job may ask for beyond reading the repository, and why.
MORE = {
    ("publish.yml", "build"): {"contents": "read", "pages": "read"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
}


def test_there_are_workflows():
    assert [file.name for file in FILES] == ["publish.yml", "tests.yml", "train.yml"]


@pytest.fixture(params=FILES, ids=lambda file: file.name)
def workflow(request):
    text = request.param.read_text(encoding="utf-8")
    return request.param.name, text, yaml.load(text, yaml.BaseLoader)


def uses(workflow):
    for job in workflow["jobs"].values():
        yield from (
            one["uses"] for one in [job, *job.get("steps", [])] if "uses" in one
        )


def test_each_action_is_pinned_and_named(workflow):
    _, text, parsed = workflow
    for action in uses(parsed):
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert re.search(rf"{action}  # v\d+\.\d+\.\d+$", text, re.MULTILINE), (
                action
            )
        else:
            assert (ROOT / action).is_file()


def test_one_action_has_one_version():
    texts = [file.read_text(encoding="utf-8") for file in FILES]
    found = {line.strip(" -") for t in texts for line in re.findall("uses: .*@.*", t)}
    names = [line.split("@")[0] for line in found]
    assert len(names) == len(set(names)) >= 5, found


def test_rights_are_the_least(workflow):
    name, text, parsed = workflow
    assert parsed["permissions"] == {"contents": "read"}
    for job, given in parsed["jobs"].items():
        assert given.get("permissions") == MORE.get((name, job)), job
        if "uses" not in given:
            assert given["timeout-minutes"]
    assert parsed["concurrency"]["group"]
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")
    assert "secrets" not in text and "pull_request_target" not in text


def test_what_others_write_is_in_no_command(workflow):
    """A title or a branch's name in a script would be run as part of it."""
    for job in workflow[2]["jobs"].values():
        for step in job.get("steps", []):
            assert "${{" not in step.get("run", "")


def test_the_pythons_are_those_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    promised = SpecifierSet(project["project"]["requires-python"])
    tests = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_bytes())
    pythons = tests["jobs"]["linux"]["strategy"]["matrix"]["python"]
    assert len(pythons) == 3
    assert all(version in promised for version in pythons)
    major, minor = pythons[0].split(".")
    assert f"{major}.{int(minor) - 1}" not in promised, "the oldest is not tried"
    rules = project["tool"]["mypy"]
    assert rules["python_version"] == pythons[0]


def test_commands_are_of_the_makefile(workflow):
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    for job in workflow[2]["jobs"].values():
        for step in job.get("steps", []):
            for target in re.findall(r"\bmake (\w+)", step.get("run", "")):
                assert re.search(rf"^{target}:", made, re.MULTILINE), target
