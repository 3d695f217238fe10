"""Images of jobs that are known by a tag alone."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import reference, short
from hullmark.checks.workflow_examples import JOB
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_uses import all_images
from hullmark.model import Evidence, Severity

_BAD_1 = """\
@.gitlab-ci.yml
build:
  image: {name: 'gcr.io/kaniko-project/executor:v1.23.2-debug'}
  script: make
"""


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-image-without-digest",
    title="Job takes its image by a tag alone",
    severity=Severity.LOW,
    bad=(f"on: push\n{JOB}    container: node:22.1\n", _BAD_1),
    good=(
        f"on: push\n{JOB}    container: node:22.1@sha256:" + "0" * 64 + "\n",
        "@.gitlab-ci.yml\nimage: alpine\nbuild:\n  image: $IMAGE:$TAG\n  script: make\n",
    ),
    remediation="Write name:tag@sha256:..., and let a bot raise the digest.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    left="which digest is for people to say",
)
def pipeline_image_without_digest(workflow: Workflow) -> Iterator[Evidence]:
    """A tag is moved by whoever publishes it: the next run is in another image."""
    for image in all_images(workflow):
        repository, tag, digest = reference(image.name)
        if tag and tag != "latest" and not digest and not {*"${"} & {*image.name}:
            yield workflow.tell(
                image.at, f"{short(repository)} is known by the tag {short(tag)} alone", image.line
            )
