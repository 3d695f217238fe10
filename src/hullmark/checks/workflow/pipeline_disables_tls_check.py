"""Pipelines that verify nobody they connect to."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import by
from hullmark.checks.shell import Command
from hullmark.checks.tls_options import VARIABLES, unverified
from hullmark.checks.workflow_examples import hub
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_mends import unset
from hullmark.model import Evidence, Severity

_BAD_1 = """\
@.gitlab-ci.yml
variables: {GIT_SSL_NO_VERIFY: "true"}
build:
  script: make
"""
_GOOD_1 = """\
@.gitlab-ci.yml
variables: {GIT_SSL_NO_VERIFY: "false"}
build:
  script: make
"""

REGISTRY_OPTIONS = (
    *("--tls-verify=false", "--dest-tls-verify=false", "--src-tls-verify=false"),
    *("--skip-tls-verify", "--skip-tls-verify-pull", "--insecure", "--insecure-pull"),
)
BUILDERS = frozenset(("skopeo", "buildah", "podman", "executor", "crane"))


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-disables-tls-check",
    title="Pipeline does not verify TLS certificates",
    severity=Severity.MEDIUM,
    bad=(
        hub("curl -k -O https://example.com/tool"),
        _BAD_1,
        hub("skopeo copy --dest-tls-verify=false docker://a docker://b"),
    ),
    good=(hub("curl -fsSO https://example.com/tool"), _GOOD_1),
    remediation=(
        "Add the authority that signs the certificate to the trust store, and drop the option."
    ),
    references=(
        "https://curl.se/docs/sslcerts.html",
        "https://docs.gitlab.com/runner/configuration/tls-self-signed/",
    ),
    mend=by(
        unset,
        says="remove it",
        breaks="fails where a certificate is signed by nobody known",
        risky=True,
    ),
)
def pipeline_disables_tls_check(workflow: Workflow) -> Iterator[Evidence]:
    """Anybody on the way can answer in the other end's name.

    They read the tokens that are sent, and choose what is downloaded.
    """
    for at, name, value, line in workflow.variables():
        if value.lower() in VARIABLES.get(name, ()):
            yield workflow.tell(at, f"{name} is {value}", line)
    yield from workflow.every(_unverified)


def _unverified(command: Command) -> str:
    found = unverified(command)
    if not found and command.program in BUILDERS:
        option = next((each for each in command.words if each in REGISTRY_OPTIONS), "")
        return f"{command.program} is called with {option}" if option else ""
    return found
