"""RPM packages in whatever version there is."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

RPM = ("dnf", "yum", "microdnf", "tdnf", "zypper")

WITH_VALUES = ("--repo", "--enablerepo", "--disablerepo", "--setopt", "-c", "-r", "-x", "--exclude")

_pins = regex(r"[\w.+-]+(?:-\d|[<>=]).*\Z").match


@dockerfile_check(
    id="unpinned-rpm-package",
    title="Version of an RPM package is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM fedora:43\nRUN dnf install -y curl && dnf clean all\n",
        "FROM opensuse/leap:16.0\nRUN zypper -n install git\n",
        "FROM almalinux:10\nRUN microdnf install -y --setopt=a=1 tar-extra\n",
    ),
    good=(
        ("FROM fedora:43\nRUN dnf install -y curl-8.15.0 git-2.51.0-2.fc43 && dnf clean all\n"),
        "FROM opensuse/leap:16.0\nRUN zypper -n install git=2.51 'curl>=8'\n",
        "FROM a:1\nRUN dnf install -y https://example.com/a.rpm $MORE @base\n",
    ),
    remediation=(
        "Write the version, curl-8.15.0 (for zypper curl=8.15.0), or take packages from a snapshot."
    ),
    references=(
        ("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
    ),
    left="which version is meant is for people to say",
)
def unpinned_rpm_package(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        packages = (
            installed(command, ("install", "in"), WITH_VALUES) if command.program in RPM else []
        )
        loose = [one for one in packages if is_open(one) and one[0] != "@" and not _pins(one)]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")
