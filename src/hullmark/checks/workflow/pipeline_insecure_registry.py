"""Registries that are not verified."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import hub_steps
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity

_BAD = """\
@.gitlab-ci.yml
build:
  services:
  - name: docker:28.1-dind
    command: ['--insecure-registry=registry.example:5000']
  script: docker build .
"""
_GOOD = """\
@.gitlab-ci.yml
build:
  services:
  - name: docker:28.1-dind
    command: ['--insecure-registry=localhost:5000']
  script: docker build .
"""

BUILDX = (
    "uses: docker/setup-buildx-action@v3\nwith:\n  buildkitd-config-inline: |\n"
    '    [registry."registry.example"]\n      insecure = true'
)
LOCAL = ("localhost", "127.", "[::1]")
_insecure = regex(r"(?m)^\s*(?:insecure|http)\s*=\s*true").search


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-insecure-registry",
    title="Pipeline trusts a registry without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, hub_steps(BUILDX)),
    good=(_GOOD, hub_steps(BUILDX.replace("insecure = true", 'mirrors = ["m"]'))),
    remediation="Give the registry a certificate, and hand its authority to the daemon.",
    references=("https://docs.docker.com/reference/cli/dockerd/#insecure-registries",),
)
def pipeline_insecure_registry(workflow: Workflow) -> Iterator[Evidence]:
    """Anybody on the way replaces base images, and takes the credentials of the push."""
    for image in workflow.images:
        for word in image.body.texts("command"):
            _, option, host = word.partition("--insecure-registry")
            if option and not host.lstrip("= ").startswith(LOCAL):
                yield workflow.tell(
                    f"{image.at} command", f"it is started with {short(word)}", image.line
                )
                break
    for step in workflow.steps:
        for key in ("buildkitd-config-inline", "config-inline"):
            if _insecure(step.inputs.text(key)):
                yield workflow.tell(
                    f"{step.at}.with.{key}",
                    "a registry is spoken to without a check of TLS",
                    step.inputs.line_of(key),
                )
