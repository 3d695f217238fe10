"""Images of jobs that are others next week."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_examples import JOB, hub_steps
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_uses import all_images
from hullmark.model import Evidence, Severity

_BAD_1 = """\
@.gitlab-ci.yml
image: docker:latest
build:
  services: [postgres, {name: redis}]
  script: make
"""
_GOOD_1 = """\
@.gitlab-ci.yml
image: $CI_REGISTRY_IMAGE/build
build:
  services: [postgres:17.2]
  script: make
"""


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-image-latest",
    title="Job takes its image by the tag latest",
    severity=Severity.MEDIUM,
    bad=(
        f"on: push\n{JOB}    container: node\n    services: {{db: {{image: 'a:latest'}}}}\n",
        _BAD_1,
        hub_steps("uses: docker://alpine"),
    ),
    good=(f"on: push\n{JOB}    container: node:22.1\n", _GOOD_1),
    remediation="Name a version, and its digest where nothing but that may run.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    left="which version is for people to say",
)
def pipeline_image_latest(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever pushes the tag runs their image with the secrets of the job.

    Nobody can tell later what has built the release.
    """
    for image in all_images(workflow):
        said = docker_commands.latest(image.name)
        if said:
            yield workflow.tell(image.at, f"the job runs {said}", image.line)
