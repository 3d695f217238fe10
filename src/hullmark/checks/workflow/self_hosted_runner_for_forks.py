"""Runners of one's own for strangers' code."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
on: pull_request
permissions: {}
jobs:
  build:
    runs-on: [self-hosted, linux]
    steps: [{run: make}]
"""
_GOOD_1 = """\
on: pull_request
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
"""
_GOOD_2 = """\
on: pull_request
jobs:
  build:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: self-hosted
    steps: [{run: make}]
"""


@workflow_check(
    GITHUB,
    id="self-hosted-runner-for-forks",
    title="Pull requests run on a self-hosted runner",
    severity=Severity.HIGH,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(
        "on: push\njobs:\n  build:\n    runs-on: self-hosted\n    steps: [{run: make}]\n",
        _GOOD_1,
        _GOOD_2,
    ),
    remediation=(
        "Run pull requests on runners of GitHub's, or on ones that live for one job, and "
        "approve those of strangers first."
    ),
    references=(
        "https://docs.github.com/actions/reference/security/secure-use#hardening-for-self-hosted-runners",
    ),
)
def self_hosted_runner_for_forks(workflow: Workflow) -> Iterator[Evidence]:
    """In a public repository anybody's pull request runs there, inside one's network.

    What it leaves on the machine waits for the next job and its secrets.
    """
    if not workflow.triggers & {"pull_request", "pull_request_target"}:
        return
    for job in workflow.jobs:
        condition = job.body.text("if")
        if (
            "self-hosted" in job.runners()
            and "repo" not in condition
            and "event_name" not in condition
        ):
            yield workflow.tell(
                f"{job.at}.runs-on",
                f"the job {short(job.name)} runs pull requests on a self-hosted runner",
                job.body.line_of("runs-on"),
            )
