"""Passwords that pipelines are written with."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import holds_secret, short
from hullmark.checks.passwords import is_password
from hullmark.checks.workflow_examples import JOB, hub_steps
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD_1 = """\
@.gitlab-ci.yml
variables:
  REGISTRY_TOKEN: {value: Kx7vantageQp2, description: a}
build:
  script: make
"""
_GOOD_1 = """\
@.gitlab-ci.yml
variables:
  REGISTRY_TOKEN: $CI_JOB_TOKEN
build:
  script: make
"""

REFERENCES = "{DB_PASSWORD: '${{ secrets.DB }}', TOKEN_FILE: /run/a, PGPASSWORD: postgres}"
LOGIN = "uses: docker/login-action@v3\nwith:\n  username: ci\n  password: {}"


@workflow_check(
    GITHUB,
    GITLAB,
    id="credential-in-pipeline",
    title="Pipeline holds a password in plain text",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    kind=Kind.SECRET,
    bad=(
        f"on: push\nenv: {{DB_PASSWORD: Kx7-vantage-Qp2}}\n{JOB}",
        _BAD_1,
        hub_steps(LOGIN.format("Kx7-vantage-Qp2")),
    ),
    good=(
        f"on: push\nenv: {REFERENCES}\n{JOB}",
        _GOOD_1,
        hub_steps(LOGIN.format("${{ secrets.REGISTRY }}")),
    ),
    remediation=(
        "Revoke it, and keep its successor among the secrets or the masked variables of "
        "the project."
    ),
    references=(
        "https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets",
        "https://docs.gitlab.com/ci/variables/",
    ),
)
def credential_in_pipeline(workflow: Workflow) -> Iterator[Evidence]:
    """Everybody who may read the repository has it, and every clone and fork keeps it."""
    given = [*workflow.variables()]
    for step in workflow.steps:
        inputs = step.inputs
        for name in ("password", "token", "registry-password", "github-token"):
            at = f"{step.at}.with.{name}"
            given.append((at, name, inputs.text(name), inputs.line_of(name)))
    for image in workflow.images:
        owner = image.body.map("credentials")
        at = f"{image.at.rpartition('.')[0]}.credentials.password"
        given.append((at, "password", owner.text("password"), owner.line_of("password")))
    for at, name, value, line in given:
        if holds_secret(name, value) and is_password(value) and not {*"${"} & {*value}:
            yield workflow.tell(at, f"{short(name)} is written out", line)
