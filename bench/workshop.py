"""The tools that make the trees of the agreement benchmark, each in an environment of its own."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.image import kept, located, run

# Settings of whoever runs the benchmark, which would change what the tools do.
FOREIGN = ("npm_", "yarn_", "bundle_", "cargo_", "go", "poetry_", "pdm_", "virtual_env")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where tools are kept from one run to the next."""

    home: Path

    def node(self, package: str, command: str) -> Path:
        """Return a command of an npm package, installed at exactly this version."""
        at = self.home / package.replace("/", "-")
        kept(at, lambda part: install_node(part, package))
        return at / "node_modules" / ".bin" / command

    def python(self, command: str, *requirements: str) -> Path:
        """Return a command of a Python distribution, installed in an environment of its own."""
        at = self.home / requirements[0].replace("==", "@")
        done = at / "installed"
        if not done.exists():
            run(sys.executable, "-m", "venv", "--clear", at)
            run(at / "bin" / "pip", "install", "--quiet", *requirements)
            done.touch()
        return at / "bin" / command

    def call(
        self,
        command: str | Path,
        *arguments: str | Path,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run a tool in a folder, with nothing of the caller's settings."""
        cache = self.home / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        settings = {"HOME": str(cache), "XDG_CACHE_HOME": str(cache), "CI": ""}
        foreign = (name for name in os.environ if name.lower().startswith(FOREIGN))
        words = ("env", *(f"--unset={name}" for name in foreign), located(str(command)))
        return run(*words, *arguments, cwd=cwd, environment=settings | dict(environment or {}))


Make = Callable[[Workshop, Path], None]
"""What fills a new folder with a case; ``ClickException`` where a tool fails or is absent."""


def install_node(folder: Path, package: str) -> None:
    """Install an npm package; its scripts put the right binary in place."""
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ("--silent", "--no-audit", "--no-fund")
    run("npm", "install", *quiet, "--prefix", folder, package, cwd=folder)


def write(path: Path, content: str | bytes | Mapping[str, object]) -> Path:
    """Write a file and the folders above it; a mapping is written as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=2))
    return path
