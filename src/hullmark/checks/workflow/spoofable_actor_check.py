"""Checks of who pushed last."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_expressions import STRANGERS_EVENTS
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_BAD = """\
on: pull_request_target
permissions: {}
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-24.04
    steps: [{run: gh pr merge --auto}]
"""
_GOOD = """\
on: pull_request_target
jobs:
  merge:
    if: github.event.pull_request.user.login == 'dependabot[bot]'
    steps: [{run: gh pr merge --auto}]
"""
_GOOD_1 = """\
on: push
jobs:
  a:
    if: github.actor == 'dependabot[bot]'
    steps: [{run: ls}]
"""

_actor = regex(r"github\.(?:actor|triggering_actor)\s*==\s*['\"][\w-]+\[bot\]").search


@workflow_check(
    GITHUB,
    id="spoofable-actor-check",
    title="Workflow trusts a name that others can cause",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(_GOOD, _GOOD_1),
    remediation="Ask for github.event.pull_request.user.login, who opened the pull request.",
    references=(
        "https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context",
    ),
)
def spoofable_actor_check(workflow: Workflow) -> Iterator[Evidence]:
    """The actor is who caused the last event: a bot can be led to touch a stranger's branch."""
    if not workflow.triggers & STRANGERS_EVENTS:
        return
    owners = [(job.at, job.body) for job in workflow.jobs]
    owners += [(step.at, step.body) for step in workflow.steps]
    for at, body in owners:
        if _actor(body.text("if")):
            yield workflow.tell(
                f"{at}.if", "it asks github.actor whether a bot is at work", body.line_of("if")
            )
