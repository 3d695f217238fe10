"""What the pages tell to type is understood, and what they tell to write is read."""

import re
import shlex
from pathlib import Path

import click
import pytest

from hullmark.apps.cli.group import hullmark
from hullmark.licences.categories import CATEGORIES
from hullmark.model.yaml import decode, item_lines
from hullmark.policy.exemptions import of_settings
from hullmark.policy.licences import lists
from hullmark.policy.thresholds import KEYS, SECTIONS, of_file

ROOT = Path(__file__).parents[2]
PAGES = (
    "ci.md",
    "policy.md",
    "licences.md",
    "usage.md",
    "advisories.md",
    "intelligence.md",
    "pre-commit.md",
    "intelligence.md",
    "../README.md",
)
COMMAND = re.compile(r"^(?:    |\s*- (?:run: )?)(hullmark [^\n]*)$", re.MULTILINE)
OPTIONAL = re.compile(r"\[(--[^\]]*)\]")
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def commands(name: str) -> list[list[str]]:
    """Every call of the program on a page, as words without comments."""
    said = (OPTIONAL.sub(r"\1", each) for each in COMMAND.findall(page(name)))
    return [shlex.split(each, comments=True) for each in said]


def understood(words: list[str]) -> None:
    """Have click read a command line, and run nothing."""
    command: click.Command = hullmark
    context = None
    while isinstance(command, click.Group):
        context = command.make_context(words[0], words[1:], parent=context)
        words = [*context._protected_args, *context.args]
        name, found, _ = command.resolve_command(context, list(words))
        assert name, words
        assert found, words
        command = found
    command.make_context(words[0], words[1:], parent=context)


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_is_understood(name):
    found = commands(name)
    assert found, name
    for words in found:
        understood(words)


def test_a_command_that_does_not_exist_is_noticed():
    with pytest.raises(click.UsageError):
        understood(["hullmark", "scan", "x", "--no-such-option"])
    with pytest.raises(click.UsageError):
        understood(["hullmark", "no-such-command"])


def blocks(name: str) -> list[dict[str, object]]:
    return [decode(text.encode(), dict[str, object]) for text in BLOCK.findall(page(name))]


def test_the_pipelines_are_yaml_with_the_keys_that_they_need():
    actions, gitlab, policy = blocks("ci.md")
    assert {"on", "permissions", "jobs"} <= actions.keys()
    [job] = gitlab.values()
    assert {"script", "artifacts", "cache"} <= job.keys()
    assert job["artifacts"]["reports"]["container_scanning"].endswith(".json")
    steps = actions["jobs"]["scan"]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    text = BLOCK.findall(page("ci.md"))[2].encode()
    assert len(of_file(policy, "policy.yaml", item_lines(text)).thresholds) == 3


def test_the_policies_of_the_pages_are_read():
    [policy] = blocks("policy.md")
    text = BLOCK.findall(page("policy.md"))[0].encode()
    read = of_file(policy, "policy.yaml", item_lines(text))
    assert len(read.thresholds) == 5
    assert read.thresholds[0].at == "policy.yaml:3"
    licences, exemptions = blocks("licences.md")
    for listed in (policy["licences"], licences["licences"]):
        assert lists([(listed, "policy.yaml")])
    assert list(of_settings(exemptions["ignore"], "x"))


def test_every_key_and_category_is_on_its_page():
    policy, licences = page("policy.md"), page("licences.md")
    for key in KEYS:
        assert f"| `{key}` |" in policy
    for section in SECTIONS:
        assert f"{section}:" in policy
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", licences, re.MULTILINE))
    for category, listed in CATEGORIES.items():
        told = {each.strip() for each in rows[category].split(",")}
        if category == "copyleft":
            told |= {each.strip() for each in rows["network-copyleft"].split(",")}
            told.remove("and all of `network-copyleft`")
        assert told == set(listed.split())
