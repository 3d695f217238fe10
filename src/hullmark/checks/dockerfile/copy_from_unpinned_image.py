"""Files that are copied from whatever an image is today."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import is_known, numbered, taken_from
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import reference, short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="copy-from-unpinned-image",
    title="Files come from an image without a version",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian:13.1\nCOPY --from=ghcr.io/a/uv /uv /bin/\n",
        "FROM debian:13.1\nCOPY --from=golang:latest /usr/local/go /go\n",
        "FROM debian:13.1\nRUN --mount=from=example.com/tools,target=/t /t/run\n",
    ),
    good=(
        "FROM debian:13.1\nCOPY --from=ghcr.io/a/uv:0.9.1 /uv /bin/\n",
        "FROM debian:13.1\nCOPY --from=ghcr.io/a/uv@sha256:0011 /uv /bin/\n",
        "FROM a:1 AS build\nFROM b:1\nCOPY --from=build /a /a\n",
    ),
    remediation=(
        "Name the version of the image, best with its digest, or make it a stage of its own."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---from",),
    left="which version is meant is for people to say",
)
def copy_from_unpinned_image(build: Build) -> Iterator[Evidence]:
    """The programs that it brings are those of the day of the build.

    One that was tampered with runs in the next image, with no change in this file.
    """
    known = numbered(build)
    for _, each, name in taken_from(build):
        repository, tag, digest = reference(name)
        is_image = is_known(name) and name.lower() not in known and bool({*"/:"} & {*name})
        if is_image and not digest and tag in ("", "latest"):
            said = "tagged latest" if tag else "without a tag"
            yield each.tell(f"files come from {short(repository)} {said}", repository[:80])
