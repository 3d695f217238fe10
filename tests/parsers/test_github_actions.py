"""Workflows and actions."""

import pytest
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.parsers.github_actions import github_actions

WORKFLOW = """
name: check
on: {push: {branches: [main]}}
jobs:
  test:
    runs-on: ${{ matrix.os }}
    container: {image: "node:22", env: {A: b}}
    services:
      db: {image: "postgres:17"}
      none:
    steps:
      - uses: actions/checkout@v4
        with: {fetch-depth: 0}
      - &again
        uses: Example/Tools/lint/deep@v2
      - *again
      - uses: ./.github/actions/local
      - uses: docker://ghcr.io/example/tool:1
      - run: make
  call:
    uses: example/flows/.github/workflows/release.yml@5ca1ab1e
  own:
    uses: ./.github/workflows/own.yml
"""


def parsed(text, path=".github/workflows/check.yml"):
    return list(github_actions.parse(File(path=path, content=text.encode())))


def test_a_workflow_uses_actions_workflows_and_images():
    packages = parsed(WORKFLOW)
    assert [fact.purl for fact in packages] == [
        "pkg:docker/node@22",
        "pkg:docker/postgres@17",
        "pkg:github/actions/checkout@v4",
        "pkg:github/example/tools@v2#lint/deep",
        "pkg:docker/example/tool@1?repository_url=ghcr.io",
        "pkg:github/example/flows@5ca1ab1e#.github/workflows/release.yml",
    ]
    assert all(fact.declared and fact.direct and fact.development for fact in packages)
    for fact in packages:
        assert PackageURL.from_string(fact.purl).to_string() == fact.purl


def test_an_action_needs_what_it_uses_to_run():
    text = "name: a\nruns: {using: composite, steps: [{uses: a/b@v1}, {run: x, shell: sh}]}"
    (package,) = parsed(text, "action.yml")
    assert (package.purl, package.development) == ("pkg:github/a/b@v1", False)


@pytest.mark.parametrize(
    ("text", "purls"),
    [
        ("runs: {using: docker, image: 'docker://a:1'}", ["pkg:docker/a@1"]),
        ("runs: {using: docker, image: Dockerfile}", []),
        ("runs: {using: node20, main: index.js}", []),
        ("name: no action at all", []),
    ],
)
def test_an_action_may_run_an_image_or_nothing_else(text, purls):
    assert [fact.purl for fact in parsed(text, "action.yml")] == purls


@pytest.mark.parametrize("use", ["a/b", "a@v1", "a/b@${{ x }}", "docker://${{ x }}"])
def test_what_cannot_be_named_is_an_error_after_the_rest(use):
    text = f"jobs: {{a: {{steps: [{{uses: '{use}'}}, {{uses: 'c/d@v1'}}]}}}}"
    facts = github_actions.parse(File(path="a", content=text.encode()))
    assert next(facts).purl == "pkg:github/c/d@v1"
    with pytest.raises(ParseError, match="neither action nor image"):
        next(facts)


@pytest.mark.parametrize("text", ["[]", "jobs: []", "jobs: {a: {steps: 1}}", "jobs: {a: ["])
def test_what_is_no_workflow_is_an_error(text):
    with pytest.raises(ParseError):
        parsed(text)
