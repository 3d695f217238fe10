"""Docker daemons of pipelines that verify nobody."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import JOB
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity

_BAD = """\
@.gitlab-ci.yml
variables:
  DOCKER_TLS_CERTDIR: ""
  DOCKER_HOST: tcp://docker:2375
build:
  script: docker build .
"""
_GOOD = """\
@.gitlab-ci.yml
variables:
  DOCKER_TLS_CERTDIR: /certs
  DOCKER_HOST: tcp://docker:2376
build:
  script: docker build .
"""


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-docker-without-tls",
    title="Pipeline speaks to Docker without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, f"on: push\nenv: {{DOCKER_HOST: 'tcp://10.0.0.5:2375'}}\n{JOB}"),
    good=(_GOOD, f"on: push\nenv: {{DOCKER_HOST: 'unix:///run/docker.sock'}}\n{JOB}"),
    remediation="Set DOCKER_TLS_CERTDIR to /certs, share that folder, and use port 2376.",
    references=(
        "https://docs.gitlab.com/ci/docker/using_docker_build/#docker-in-docker-with-tls-enabled-in-the-docker-executor",
    ),
)
def pipeline_docker_without_tls(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever reaches the port commands a privileged daemon: it asks nobody for a name.

    Other jobs on the same network do, and they read and change what is built.
    """
    for at, name, value, line in workflow.variables():
        if name == "DOCKER_TLS_CERTDIR" and value == "":
            yield workflow.tell(at, "DOCKER_TLS_CERTDIR is empty, which turns TLS off", line)
        elif name == "DOCKER_HOST" and value.startswith("tcp://") and value.endswith(":2375"):
            yield workflow.tell(at, f"DOCKER_HOST is {short(value)}, the port without TLS", line)
