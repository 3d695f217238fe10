"""What the package managers of JavaScript lock and install, of small real packages."""

import io
import json
import shutil
import tarfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bench.workshop import Make, Workshop, write

PROJECT: Mapping[str, object] = {
    "name": "own-app",
    "version": "1.0.0",
    "private": True,
    "workspaces": ["parts/*"],
    "dependencies": {
        "chalk": "2.4.2",
        "debug": "4.3.4",
        "ms-old": "npm:ms@0.7.1",
        "@types/ms": "0.7.34",
        "kept": "file:./kept-1.2.3.tgz",
    },
    "devDependencies": {"is-odd": "3.0.1"},
    "optionalDependencies": {"fsevents": "2.3.3"},
}
PART: Mapping[str, object] = {
    "name": "own-part",
    "version": "0.1.0",
    "dependencies": {"semver": "7.5.0", "debug": "2.6.9"},
}
KEPT = {"name": "kept", "version": "1.2.3", "dependencies": {"inherits": "2.0.3"}}


def project(folder: Path) -> None:
    """Write a project with a workspace and the archive of a package."""
    write(folder / "package.json", PROJECT)
    write(folder / "parts" / "part" / "package.json", PART)
    content = json.dumps(KEPT).encode()
    member = tarfile.TarInfo("package/package.json")
    member.size = len(content)
    with tarfile.open(folder / "kept-1.2.3.tgz", "w:gz") as archive:
        archive.addfile(member, io.BytesIO(content))


def npm(version: int, shop: Workshop, folder: Path) -> None:
    """Lock with npm at one version of its lock."""
    project(folder)
    words = ("install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
    shop.call("npm", *words, "--lockfile-version", str(version), cwd=folder)


def npm_installed(shop: Workshop, folder: Path) -> None:
    """Install with npm, and leave no lock."""
    project(folder)
    words = ("install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
    shop.call("npm", *words, cwd=folder)


def yarn_classic(shop: Workshop, folder: Path) -> None:
    """Lock with Yarn 1."""
    project(folder)
    yarn = shop.node("yarn@1.22.22", "yarn")
    shop.call(yarn, "install", "--ignore-scripts", "--non-interactive", cwd=folder)
    for installed in folder.rglob("node_modules"):
        shutil.rmtree(installed)


def yarn(version: str, shop: Workshop, folder: Path) -> None:
    """Lock with a later Yarn."""
    project(folder)
    write(folder / "yarn.lock", "")
    command = shop.node(f"@yarnpkg/cli-dist@{version}", "yarn")
    settings = {
        "YARN_ENABLE_IMMUTABLE_INSTALLS": "0",
        "YARN_ENABLE_TELEMETRY": "0",
        "YARN_ENABLE_GLOBAL_CACHE": "1",
    }
    shop.call(command, "install", "--mode=update-lockfile", cwd=folder, environment=settings)
    shutil.rmtree(folder / ".yarn", ignore_errors=True)


def pnpm(version: str, shop: Workshop, folder: Path) -> None:
    """Lock with one pnpm."""
    project(folder)
    write(folder / "pnpm-workspace.yaml", "packages: ['parts/*']\n")
    command = shop.node(f"pnpm@{version}", "pnpm")
    store = ("--store-dir", shop.home / "store")
    shop.call(command, "install", "--lockfile-only", "--ignore-scripts", *store, cwd=folder)


def bun(shop: Workshop, folder: Path) -> None:
    """Lock with Bun."""
    project(folder)
    command = shop.node("bun@1.4.5", "bun")
    shop.call(command, "install", "--lockfile-only", "--ignore-scripts", cwd=folder)


def deno(shop: Workshop, folder: Path) -> None:
    """Lock with Deno."""
    project(folder)
    command = shop.node("deno@2.9.6", "deno")
    settings = {"DENO_DIR": str(shop.home / "deno"), "DENO_NO_UPDATE_CHECK": "1"}
    shop.call(command, "install", cwd=folder, environment=settings)
    for installed in folder.rglob("node_modules"):
        shutil.rmtree(installed)


CASES: Mapping[str, Make] = {
    **{f"npm lock {version}": partial(npm, version) for version in (1, 2, 3)},
    "npm installed": npm_installed,
    "yarn 1": yarn_classic,
    "yarn 3": partial(yarn, "3.8.7"),
    "yarn 4": partial(yarn, "4.9.2"),
    **{
        f"pnpm {version.partition('.')[0]}": partial(pnpm, version)
        for version in ("4.14.4", "5.18.10", "7.33.7", "8.15.9", "9.15.9", "10.17.0")
    },
    "bun": bun,
    "deno": deno,
}
