"""Docker daemons that need a privileged runner."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import reference, short
from hullmark.checks.workflow_examples import JOB
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity

_BAD = """\
@.gitlab-ci.yml
build:
  image: docker:28.1
  services: [docker:28.1-dind]
  script: docker build .
"""
_GOOD = """\
@.gitlab-ci.yml
build:
  image: docker:28.1
  services: [postgres:17]
  script: buildah build .
"""


@workflow_check(
    GITHUB,
    GITLAB,
    id="docker-in-docker-service",
    title="Pipeline builds with Docker in Docker",
    severity=Severity.MEDIUM,
    bad=(_BAD, f"on: push\n{JOB}    services:\n      docker: {{image: 'docker:28.1-dind'}}\n"),
    good=(_GOOD,),
    remediation=(
        "Build with buildah, or rootless BuildKit, and set privileged = false in the "
        "runner's configuration."
    ),
    references=("https://docs.gitlab.com/ci/docker/using_docker_build/#use-docker-in-docker",),
)
def docker_in_docker_service(workflow: Workflow) -> Iterator[Evidence]:
    """It runs in privileged containers alone: each job of that runner may be root of its host."""
    for image in workflow.images:
        repository, tag, _ = reference(image.name)
        if image.service and repository.rpartition("/")[2] == "docker" and "dind" in tag:
            yield workflow.tell(
                image.at, f"{short(image.name)} needs a privileged runner", image.line
            )
