"""Packages of npm in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, operands, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

WITH_VALUES = (
    "--prefix",
    "-C",
    "--cwd",
    "--registry",
    "--cache",
    "--filter",
    "-p",
    "--package",
    "-w",
)


@dockerfile_check(
    id="unpinned-npm-package",
    title="Version of an npm package is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM node:22\nRUN npm install -g serve @angular/cli\n",
        ("FROM node:22\nRUN yarn global add serve\nRUN npx create-app\nRUN pnpm add -g pm2\n"),
    ),
    good=(
        "FROM node:22\nRUN npm install -g serve@14.2.5 @angular/cli@20.3.1\n",
        (
            "FROM node:22\n"
            "RUN npm ci && npm install && npm i ./a.tgz git+https://example.com/a.git#v1 $MORE\n"
        ),
        "FROM node:22\nRUN npm install --prefix /app && npm run install x\n",
        "FROM a:1\nRUN npm install -g npm@latest\n",
    ),
    remediation="Write the version, serve@14.2.5, or install from a lock file with npm ci.",
    references=("https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-install.md",),
    left="which version is meant is for people to say",
)
def unpinned_npm_package(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        loose = [
            one
            for one in _packages(command)
            if is_open(one.lstrip("@").replace("/", "")) and _open(one)
        ]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")


def _packages(command: Command) -> list[str]:
    """What a command of npm, pnpm, yarn or npx installs by name."""
    if command.program in ("npm", "pnpm"):
        return installed(command, ("install", "i", "add"), WITH_VALUES)
    if command.program == "yarn":
        found = operands(command, WITH_VALUES)
        return found[2:] if found[:2] == ["global", "add"] else installed(command, ("add",))
    return operands(command, WITH_VALUES)[:1] if command.program == "npx" else []


def _open(name: str) -> bool:
    """Whether a name is that of a package, and no version follows it."""
    if name.startswith((".", "/")) or ":" in name or name.endswith((".tgz", ".tar.gz")):
        return False
    is_path = "/" in name and not name.startswith("@")
    return not is_path and "@" not in name[1:]
