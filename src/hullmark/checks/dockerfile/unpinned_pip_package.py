"""Python packages in whatever version there is."""

from collections.abc import Iterator
from re import compile as regex

from msgspec.structs import replace

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

WITH_VALUES = (
    *("-r", "--requirement", "-e", "--editable", "-i", "--index-url", "--extra-index-url", "-f"),
    *("-t", "--target", "--prefix", "--root", "--trusted-host", "--python", "-p", "--timeout"),
    *("--find-links", "--platform", "--proxy", "--retries", "--cache-dir", "--progress-bar"),
)

FILES = (".whl", ".tar.gz", ".zip", ".txt", ".")

_is_pip = regex(r"pip[0-9.]*\Z").match


@dockerfile_check(
    id="unpinned-pip-package",
    title="Version of a Python package is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM python:3.13\nRUN pip install --no-cache-dir flask gunicorn\n",
        (
            "FROM python:3.13\n"
            "RUN python3 -m pip install 'requests>=2' && uv pip install --system httpx\n"
        ),
    ),
    good=(
        ("FROM python:3.13\nRUN pip install flask==3.1.2 'a~=1.2' b@https://example.com/b.whl\n"),
        (
            "FROM python:3.13\n"
            "RUN pip install -r requirements.txt && pip install . $MORE a.whl -e .[test]\n"
        ),
        (
            "FROM python:3.13\n"
            "RUN pip install -c constraints.txt flask && pip --version && pip download flask\n"
        ),
    ),
    remediation=(
        "Write the version, flask==3.1.2, or install from a file of requirements with hashes."
    ),
    references=("https://pip.pypa.io/en/stable/topics/secure-installs/",),
    left="which version is meant is for people to say",
)
def unpinned_pip_package(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        words = _of_pip(command)
        if words is None or command.has("-c", "--constraint"):
            continue
        packages = installed(replace(command, words=words), ("install",), WITH_VALUES)
        loose = [one for one in packages if is_open(one) and not _settles(one)]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")


def _of_pip(command: Command) -> tuple[str, ...] | None:
    """The words that pip reads; ``None`` of other programs."""
    words = command.words
    if _is_pip(command.program):
        return words
    if command.program == "uv" and words[:1] == ("pip",):
        return words[1:]
    if command.program.startswith("python") and words[:2] == ("-m", "pip"):
        return words[2:]
    return None


def _settles(word: str) -> bool:
    """Whether a word names a version, or is a file or an address."""
    return any(sign in word for sign in ("==", "~=", "@", "://")) or word.endswith(FILES)
