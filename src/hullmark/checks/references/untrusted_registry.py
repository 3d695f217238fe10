"""Images from registries that the user does not trust."""

from collections.abc import Iterator

from hullmark.checks.declare_config import reference_check
from hullmark.checks.named_images import References
from hullmark.model import Evidence, Severity
from hullmark.model.registries import whole_name

_POD = """\
@pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: elsewhere.example/web:1}]
"""
_MOUNT = """\
@pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example/web:1}]
  volumes: [{name: data, image: {reference: elsewhere.example/data:1}}]
"""
_MOUNTING_SERVICE = """\
@compose.yaml
services:
  web:
    image: registry.example/web:1
    volumes: [{type: image, source: elsewhere.example/data:1, target: /data}]
"""
_BUILT_SERVICE = """\
@compose.yaml
services:
  web:
    build: {context: ., additional_contexts: {base: "docker-image://elsewhere.example/base:1"}}
"""
_JOB = """\
@.gitlab-ci.yml
build:
  image: elsewhere.example/build:1
  script: make
"""
MAX_SHOWN_CHARS = 120
"""Of a name, in what is said of it."""


@reference_check(
    id="untrusted-registry",
    title="Image is from a registry that is not trusted",
    severity=Severity.HIGH,
    bad=(
        "FROM debian:13.1\n",
        "FROM registry.example/base:1\nCOPY --from=elsewhere.example/tools:1 /t /t\n",
        "@compose.yaml\nservices:\n  db:\n    image: postgres:17.2\n",
        _POD,
        _MOUNT,
        _JOB,
        _MOUNTING_SERVICE,
        _BUILT_SERVICE,
    ),
    good=(
        "FROM registry.example/base:1 AS build\nFROM build\nCOPY --from=build /a /a\n",
        "@compose.yaml\nservices:\n  db:\n    image: registry.example/db:17.2\n",
        "@compose.yaml\nservices:\n  web:\n    build: .\n    image: web\n",
        _POD.replace("elsewhere", "registry"),
        _MOUNT.replace("elsewhere", "registry"),
        _BUILT_SERVICE.replace("elsewhere", "registry"),
        _JOB.replace("elsewhere.example", "$CI_REGISTRY_IMAGE"),
    ),
    remediation=(
        "Take the image from a registry that you trust, by way of a mirror there, or name this one "
        "by --trusted-registry."
    ),
    references=("https://csrc.nist.gov/pubs/sp/800/190/final",),
)
def untrusted_registry(subject: References) -> Iterator[Evidence]:
    """Nobody has vouched for who publishes there: whatever they push runs here.

    It is judged where --trusted-registry says which registries and repositories are trusted.
    """
    for each in subject.images:
        if each.repository not in subject.trusted:
            yield each.tell(f"{whole_name(each.repository)[:MAX_SHOWN_CHARS]} is not trusted")
