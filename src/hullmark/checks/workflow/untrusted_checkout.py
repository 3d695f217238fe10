"""Code of strangers beside secrets."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.shell import Command
from hullmark.checks.workflow_examples import hub, hub_steps
from hullmark.checks.workflow_expressions import STRANGERS_EVENTS, is_head
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

CHECKOUT = "uses: actions/checkout@v4\nwith:\n  ref: ${{ github.event.pull_request.head.sha }}"


@workflow_check(
    GITHUB,
    id="untrusted-checkout",
    title="Privileged workflow checks out a stranger's code",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        hub_steps(CHECKOUT, "run: make", on="pull_request_target"),
        hub("gh pr checkout $NUMBER\nmake", on="[pull_request_target]"),
        hub_steps(
            "uses: actions/checkout@v4\nwith:\n"
            "  Repository: ${{ github.event.pull_request['head'].repo.full_name }}",
            "run: make",
            on="pull_request_target",
        ),
    ),
    good=(
        hub_steps(CHECKOUT, "run: make", on="pull_request"),
        hub_steps("uses: actions/checkout@v4", on="pull_request_target"),
    ),
    remediation=(
        "Build pull requests in a workflow that starts on pull_request, which has no secrets."
    ),
    references=(
        "https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/",
        "https://docs.github.com/actions/reference/security/secure-use",
    ),
)
def untrusted_checkout(workflow: Workflow) -> Iterator[Evidence]:
    """Anybody can open a pull request, and its build then runs with secrets and a token.

    A Makefile or a test that they change pushes to the repository or publishes an image.
    """
    if not workflow.triggers & STRANGERS_EVENTS:
        return
    for step in workflow.steps:
        for key in step.inputs if step.action == "actions/checkout" else ():
            wanted = step.inputs.text(key)
            if key.lower() in ("ref", "repository") and is_head(wanted):
                yield workflow.tell(
                    f"{step.at}.with.{key.lower()}",
                    f"it checks out {short(wanted)} with the rights of the repository",
                    step.inputs.line_of(key),
                )
                break
    yield from workflow.every(_fetching)


def _fetching(command: Command) -> str:
    if command.program == "gh" and command.words[:2] == ("pr", "checkout"):
        return "gh checks out the pull request with the rights of the repository"
    words = " ".join(command.words)
    fetches = command.program == "git" and command.action in ("fetch", "checkout", "pull", "merge")
    if fetches and is_head(words):
        return f"git {command.action} takes the pull request's code"
    return ""
