"""Jobs that hold every secret at once."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import hub, hub_steps
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity

_all = regex(r"(?i)\$\{\{\s*tojson\(\s*secrets\s*\)").search


@workflow_check(
    GITHUB,
    id="all-secrets-exposed",
    title="Step is given all secrets of the repository",
    severity=Severity.HIGH,
    bad=(
        hub_steps("env:\n  ALL: ${{ toJSON(secrets) }}\nrun: make"),
        hub("echo '${{ toJson( secrets ) }}' > secrets.json"),
    ),
    good=(
        hub_steps("env:\n  ONE: ${{ secrets.ONE }}\n  B: ${{ toJSON(github.event) }}\nrun: make"),
    ),
    remediation="Name the secrets that the step needs one by one.",
    references=(
        "https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information",
    ),
)
def all_secrets_exposed(workflow: Workflow) -> Iterator[Evidence]:
    """One compromised action or package of the job then has every secret of the repository."""
    for step in workflow.steps:
        places = (("", step.body), ("env.", step.body.map("env")), ("with.", step.inputs))
        for before, owner in places:
            for key in owner:
                if _all(owner.text(key)):
                    yield workflow.tell(
                        f"{step.at}.{before}{key}", "it holds all secrets", owner.line_of(key)
                    )
    for at, name, value, line in workflow.variables():
        if ".steps[" not in at and _all(value):
            yield workflow.tell(at, f"{short(name)} holds all secrets", line)
