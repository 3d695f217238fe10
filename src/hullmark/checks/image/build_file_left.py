"""Files that describe the build, in the image they built."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import by_folder
from hullmark.checks.image_files import own_files
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

NAMES = frozenset(
    (
        "Dockerfile",
        "Containerfile",
        "docker-compose.yml",
        "docker-compose.yaml",
        "compose.yml",
        "compose.yaml",
        ".dockerignore",
        ".gitlab-ci.yml",
        "Jenkinsfile",
        ".travis.yml",
        "bitbucket-pipelines.yml",
        "azure-pipelines.yml",
        "cloudbuild.yaml",
        "Vagrantfile",
    )
)


@image_check(
    id="build-file-left",
    title="Build files in the image",
    severity=Severity.INFO,
    remediation="Name them in .dockerignore, or copy what the service needs and nothing else.",
    references=("https://docs.docker.com/build/concepts/context/#dockerignore-files",),
    bad=lambda: (holding("app/Dockerfile"), holding("docker-compose.yml")),
    good=lambda: (sound(), holding("app/node_modules/x/Dockerfile", "usr/share/doc/x/Dockerfile")),
)
def build_file_left(image: Image) -> Iterator[Evidence]:
    """COPY . . took the whole source tree; what else it took is in the image as well."""
    paths = own_files(image, NAMES)
    yield from by_folder(image, paths, 2, "files of the build")
