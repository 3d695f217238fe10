"""Workflows and pipelines are offered to checks by their jobs, steps, images and scripts."""

import pytest

from hullmark.checks.workflow_file import (
    GITHUB,
    GITLAB,
    MAX_SHARED_ITEMS,
    MAX_WORKFLOW_BYTES,
    workflow_file,
)
from hullmark.model import File, ParseError

HUB = """\
on: [push]
env: {A: 1}
jobs:
  build:
    runs-on: ubuntu-24.04
    container: {image: "node:20", env: {X: y}}
    services:
      db: {image: postgres}
    steps:
    - uses: Actions/Checkout@v4
      with: {ref: main}
    - run: make
    - run: |
        # all
        curl x \\
          | tee
        ls
    - shell: pwsh
      run: dir
    - run: >-
        a
        b
      env: {T: "${{ secrets.X }}"}
  other:
    runs-on: {group: big, labels: [self-hosted]}
    container: alpine
    steps: [1, {run: 2}, {run: "a\\nb"}]
"""
LAB = """\
default:
  image: {name: ruby:3}
.t: &t
  services: [docker:dind, {name: pg:1, variables: {A: b}}]
  script:
  - make
  - |
    a
    b
image: node
variables: {X: {value: y}, Y: true}
build:
  <<: *t
  before_script: [ls, [a, b]]
test:
  script: make
"""


def github(text=HUB):
    return workflow_file(File(path="x/.github/workflows/a.yml", content=text.encode()))


def gitlab(text=LAB):
    return workflow_file(File(path=".gitlab-ci.yml", content=text.encode()))


def commands(workflow):
    return [
        (run.at, line.number, command.program)
        for run in workflow.runs
        for _, line in run.lines()
        for command in line.commands
    ]


def test_jobs_and_steps_of_github():
    found = github()
    assert found.system == GITHUB
    assert found.triggers == {"push"}
    assert [(each.name, each.at, each.line) for each in found.jobs] == [
        ("build", "jobs.build", 4),
        ("other", "jobs.other", 24),
    ]
    first = found.steps[0]
    assert (first.at, first.line, first.action, first.version, first.inputs.text("ref")) == (
        "jobs.build.steps[0]",
        10,
        "actions/checkout",
        "v4",
        "main",
    )
    assert [each.runners() for each in found.jobs] == [["ubuntu-24.04"], ["self-hosted", "big"]]


@pytest.mark.parametrize("on", ["push", "[push]", "{push: {branches: [a]}}", "\n  push:"])
def test_triggers_in_every_form(on):
    assert github(f"on: {on}\njobs: {{}}\n").triggers == {"push"}


def test_images_of_github():
    assert [(each.at, each.name, each.line, each.service) for each in github().images] == [
        ("jobs.build.container.image", "node:20", 6, False),
        ("jobs.build.services.db.image", "postgres", 8, True),
        ("jobs.other.container", "alpine", 26, False),
    ]


def test_scripts_of_github_have_the_lines_of_the_file():
    assert commands(github()) == [
        ("jobs.build.steps[1].run", 12, "make"),
        ("jobs.build.steps[2].run", 15, "curl"),
        ("jobs.build.steps[2].run", 15, "tee"),
        ("jobs.build.steps[2].run", 17, "ls"),
        ("jobs.build.steps[4].run", 21, "a"),
        ("jobs.other.steps[2].run", 27, "a"),
        ("jobs.other.steps[2].run", 27, "b"),
    ]


def test_variables_of_github():
    assert [*github().variables()] == [
        ("env.A", "A", "1", 2),
        ("jobs.build.steps[4].env.T", "T", "${{ secrets.X }}", 23),
        ("jobs.build.container.env.X", "X", "y", 6),
    ]
    assert [run.secrets for run in github().runs if run.secrets] == [{"T"}]


def test_shells_are_those_of_file_job_and_step():
    steps = "steps: [{run: a}, {run: b, shell: bash}, {run: c, shell: python}]"
    assert [each[2] for each in commands(github(f"jobs: {{x: {{{steps}}}}}"))] == ["a", "b"]
    windows = f"jobs: {{x: {{runs-on: windows-2022, {steps}}}}}"
    assert [each[2] for each in commands(github(windows))] == ["b"]
    usual = f"defaults: {{run: {{shell: pwsh}}}}\njobs: {{x: {{{steps}}}}}"
    assert [each[2] for each in commands(github(usual))] == ["b"]
    full = "jobs: {x: {steps: [{run: a, shell: '/bin/bash -eo pipefail {0}'}]}}"
    assert [each[2] for each in commands(github(full))] == ["a"]


def test_jobs_and_images_of_gitlab():
    found = gitlab()
    assert found.system == GITLAB
    assert [each.at for each in found.jobs] == [".t", "build", "test"]
    assert [(each.at, each.name, each.line) for each in found.images] == [
        ("image", "node", 10),
        ("default.image.name", "ruby:3", 2),
        (".t.services[0]", "docker:dind", 4),
        (".t.services[1].name", "pg:1", 4),
    ]


def test_scripts_of_gitlab_are_told_once():
    assert commands(gitlab()) == [
        (".t.script[0]", 6, "make"),
        (".t.script[1]", 8, "a"),
        (".t.script[1]", 9, "b"),
        ("build.before_script[0]", 14, "ls"),
        ("build.before_script[1.0]", 14, "a"),
        ("build.before_script[1.1]", 14, "b"),
        ("test.script", 16, "make"),
    ]


def test_scripts_that_jobs_share_are_as_many_as_there_is_room_for():
    shared = "".join(f"- [&a{n + 1} [{', '.join([f'*a{n}'] * 9)}]]\n" for n in range(5))
    text = f".a:\n- &a0 [ls]\n{shared}" + "".join(f"j{n}: {{script: *a5}}\n" for n in range(9))
    found = workflow_file(File(path=".gitlab-ci.yml", content=text.encode()))
    assert found is not None
    assert len(found.runs) == 1
    assert 1 < len(found.all_runs) <= MAX_SHARED_ITEMS + 1


def test_variables_of_gitlab():
    assert [*gitlab().variables()] == [
        ("variables.X", "X", "y", 11),
        ("variables.Y", "Y", "true", 11),
        (".t.services[1].variables.A", "A", "b", 4),
    ]


def test_a_header_of_inputs_is_no_pipeline():
    found = gitlab("spec: {inputs: {a: {}}}\n---\nbuild: {script: ls}\n")
    assert [each.name for each in found.jobs] == ["build"]


def test_what_is_no_workflow():
    assert github("a: 1") is None
    assert gitlab("[]") is None
    assert gitlab("") is None
    with pytest.raises(ParseError):
        github("a: [")
    with pytest.raises(ParseError):
        github("#" * (MAX_WORKFLOW_BYTES + 1))


def test_aliases_keep_the_lines_of_what_they_stand_for():
    text = "jobs:\n  x:\n    steps:\n    - run: &r |\n        a\n        b\n    - run: *r\n"
    assert [each[1] for each in commands(github(text))] == [5, 6, 5, 6]


def test_a_workflow_says_what_is_wrong_by_path():
    found = list(github().every(lambda each: "it lists" if each.program == "ls" else ""))
    assert [(each.at, each.line) for each in found] == [
        ("jobs.build.steps[2].run line 2 command 1", 17)
    ]
