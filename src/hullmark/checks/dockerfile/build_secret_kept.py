"""Mounted secrets that a step copies into its layer."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build, Instruction
from hullmark.checks.build_sources import mounts
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

PUBLIC = (".crt", ".pub", ".cer")
"""Ends of files that everybody may read."""


@dockerfile_check(
    id="build-secret-kept",
    title="Mounted build secret is kept in the image",
    severity=Severity.HIGH,
    bad=(
        (
            "FROM node:22\n"
            "RUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc /root/.npmrc && npm ci\n"
        ),
        ("FROM debian:13.1\nRUN --mount=type=secret,id=key,target=/k cat /k > /etc/key\n"),
    ),
    good=(
        "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n",
        (
            "FROM debian:13.1\n"
            "RUN --mount=type=secret,id=k TOKEN=$(cat /run/secrets/k) make > /log\n"
        ),
        "FROM a:1\nRUN --mount=type=cache,target=/c cp /c/a /a\n",
        "FROM a:1\nRUN --mount=type=secret,id=k cp /run/secrets/k /tmp/k/a && b && rm -r /tmp/k\n",
        "FROM a:1\nRUN --mount=type=secret,id=ca cp /run/secrets/ca /usr/share/ca.crt\n",
    ),
    remediation=(
        "Mount it where the program looks for it (target=/root/.npmrc), or in a variable "
        "(env=NAME)."
    ),
    references=("https://docs.docker.com/build/building/secrets/",),
    left="where the program looks for the secret is not known here",
)
def build_secret_kept(build: Build) -> Iterator[Evidence]:
    """A mounted secret is gone after the step, but its copy stays in the layer.

    Everybody who can pull the image reads it.
    """
    for each in build.every("RUN"):
        for place in _places(each):
            kept = next((one for one in each.commands if _keeps(one, place)), None)
            if kept is not None and not _is_removed(each, kept.words[-1]):
                yield each.tell(f"{kept.program} copies the secret {short(place)}", place[:80])


def _is_removed(run: Instruction, copy: str) -> bool:
    """Whether the step removes the copy again, or the folder that it is in."""
    gone = [word for one in run.commands if one.program == "rm" for word in one.words]
    return any(word[:1] == "/" and copy.startswith(word.rstrip("*/")) for word in gone)


def _places(run: Instruction) -> list[str]:
    """Where the secrets of a RUN are mounted."""
    found = [mount for mount in mounts(run) if mount["type"] == "secret"]
    named = [mount for mount in found if not mount.get("env")]
    return [_target(mount) for mount in named]


def _target(mount: dict[str, str]) -> str:
    given = mount.get("target") or mount.get("dst") or mount.get("destination")
    return given or f"/run/secrets/{mount.get('id', '')}"


def _keeps(command: Command, place: str) -> bool:
    """Whether a command copies the file to somewhere, or prints it into a file."""
    if place not in command.words or command.words[-1].endswith(PUBLIC):
        return False
    if command.program in ("cp", "install", "rsync"):
        return True
    into_file = any(word.startswith((">", "1>")) for word in command.words)
    return command.program in ("cat", "base64") and into_file
