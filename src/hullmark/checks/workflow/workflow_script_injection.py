"""Text of strangers that becomes code."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import by
from hullmark.checks.workflow_examples import hub, hub_steps
from hullmark.checks.workflow_expressions import of_strangers
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.checks.workflow_mends import through_environment
from hullmark.model import Evidence, Severity

SCRIPT = (
    "uses: actions/github-script@v7\nwith:\n"
    "  script: console.log(`${{ github.event.comment.body }}`)"
)


@workflow_check(
    GITHUB,
    id="workflow-script-injection",
    title="Script holds an expression that strangers write",
    severity=Severity.HIGH,
    bad=(
        hub('echo "${{ github.event.issue.title }}"', on="issues"),
        hub_steps(SCRIPT, on="issue_comment"),
        hub("git checkout ${{ github.head_ref }}", on="pull_request"),
        hub("echo ${{ github['event'].pages[0].page_name }}", on="gollum"),
        hub("echo '${{ toJSON(github.event) }}' > event.json", on="issues"),
        hub("echo '${{ tojson( github.event.pull_request ) }}'", on="pull_request"),
    ),
    good=(
        hub_steps(
            'env:\n  TITLE: ${{ github.event.issue.title }}\nrun: echo "$TITLE"', on="issues"
        ),
        hub("echo ${{ github.sha }} ${{ github.head_ref == 'main' }}"),
        hub("echo '${{ toJSON(github.event.repository) }}' ${{ toJSON(steps) }}"),
    ),
    remediation='Give the value to the step by env, and use the variable in quotes: "$TITLE".',
    references=("https://docs.github.com/actions/concepts/security/script-injections",),
    mend=by(through_environment, says="give the value by a variable"),
)
def workflow_script_injection(workflow: Workflow) -> Iterator[Evidence]:
    """The value is put into the script before a shell reads it.

    A title like $(curl ...) runs with the token and the secrets of the job.
    """
    for step in workflow.steps:
        for at, owner, key in (("run", step.body, "run"), ("with.script", step.inputs, "script")):
            if key == "script" and step.action != "actions/github-script":
                continue
            text = owner.get(key)
            if isinstance(text, str):
                found = of_strangers(text, owner.line_of(key))
                for number, (name, line) in enumerate(found, 1):
                    yield workflow.tell(
                        f"{step.at}.{at} expression {number}", f"the script holds {name}", line
                    )
