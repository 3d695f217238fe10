"""Sources that change under a build."""

from collections.abc import Iterator
from itertools import pairwise

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_GOOD = """\
git clone https://example.com/tool.git && cd tool
git checkout 8f4b7f84864484a7bf31766abe9204da3cbe65b3
make
"""

PINNING = ("checkout", "reset", "switch", "verify-tag", "verify-commit")
INSTALLERS = frozenset(("pip", "pip3", "npm", "yarn", "go", "cargo"))
BUILDERS = INSTALLERS | {"make", "cmake", "meson", "ninja", "configure", "gradlew", "mvn", "ant"}
BRANCHES = frozenset(("main", "master", "develop", "dev", "trunk", "HEAD", "stable", "nightly"))


@script_check(
    id="script-builds-unpinned-clone",
    title="Script builds whatever a branch holds",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(
        "#!/bin/sh\ngit clone https://example.com/tool.git\ncd tool && make install\n",
        "git clone --depth 1 -b main https://example.com/tool\npip install ./tool\n",
    ),
    good=(
        _GOOD,
        "git clone --branch v1.4.2 https://example.com/tool\nmake -C tool\n",
        'git clone -b "$VERSION" https://example.com/tool\nmake\n',
        "git clone https://example.com/data\n",
    ),
    remediation="Check out a commit or a tag after the clone.",
    references=(
        "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
        "https://git-scm.com/docs/git-clone",
    ),
    left="which commit is meant is for people to say",
)
def script_builds_unpinned_clone(script: Script) -> Iterator[Evidence]:
    """The next build is of other sources, which nobody has looked at.

    Whoever gets to push to that branch is in the image.
    """
    commands = list(script.commands)
    pins = any(each.program == "git" and each.action in PINNING for each in commands)
    builds = any(
        each.program in BUILDERS and (each.program not in INSTALLERS or each.has("install", "ci"))
        for each in commands
    )
    if not pins and builds:
        yield from script.every(_moving_clone)


def _moving_clone(command: Command) -> str:
    if command.program != "git" or "clone" not in command.words:
        return ""
    words = command.words
    for before, word in pairwise(words):
        if before in ("-b", "--branch") and word not in BRANCHES:
            return ""
    if any(each.startswith("--revision") for each in words):
        return ""
    address = next((each for each in words if "://" in each or each.startswith("git@")), "")
    return f"git clones {short(address)} at no certain commit" if address else ""
