"""Alpine packages in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

WITH_VALUES = ("-t", "--virtual", "-X", "--repository", "-p", "--root", "--arch", "--keys-dir")


@dockerfile_check(
    id="unpinned-apk-package",
    title="Version of an Alpine package is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM alpine:3.22\nRUN apk add --no-cache curl git\n",
        "FROM alpine:3.22\nRUN apk --no-cache add -t .build-deps gcc\n",
    ),
    good=(
        ("FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2 'git~=2.49' 'openssl>3' $MORE\n"),
        "FROM alpine:3.22\nRUN apk del curl && apk upgrade\n",
    ),
    remediation="Write the version, curl=8.14.1-r2, or one that takes patches, curl~=8.14.",
    references=("https://docs.alpinelinux.org/user-handbook/0.1a/Working/apk.html",),
    left="which version is meant is for people to say",
)
def unpinned_apk_package(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        packages = installed(command, ("add",), WITH_VALUES) if command.program == "apk" else []
        loose = [
            one for one in packages if is_open(one) and not {*"=<>~@"} & {*one} and one[0] != "!"
        ]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")
