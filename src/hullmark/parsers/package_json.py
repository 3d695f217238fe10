"""package.json: what a Node.js project asks for.

Format:
https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/package-json.md.
Manifests in the wild follow it loosely, so that fields of a wrong type count as absent.
"""

from collections.abc import Iterator
from re import ASCII

from msgspec import Struct

from hullmark.model import File, Package, ParseError, dig
from hullmark.model.asked import Asked, Dependency
from hullmark.model.later import regex
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

MAX_MANIFEST_BYTES = 8 * 1024 * 1024
"""Ours: the largest, with a readme inside, are near 1 MB."""

LOCKS = (
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "bun.lock",
    "bun.lockb",
    "deno.lock",
)

_LOCAL = ("file:", "link:", "portal:", "workspace:", "./", "../", "/", "~/")
_ALIAS = regex(r"npm:((?:@[^/@]+/)?[^/@]+)(?:@(.*))?\Z", ASCII).match
_EXACT = regex(r"[ =v]*([0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?) *\Z").match


class Manifest(Struct, rename="camel"):
    """The fields that we read, whatever they hold."""

    name: object = None
    engines: object = None
    dependencies: object = None
    dev_dependencies: object = None
    optional_dependencies: object = None


@parser(
    id="package-json",
    names=("package.json",),
    declared=True,
    example=File(
        path="srv/package.json",
        content=b'{"name": "shop", "dependencies": {"@oak/tree": "2.1.0", "leaf": "^1.0.0"},'
        b' "devDependencies": {"twig": "1.4.2", "part": "workspace:*"}}',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/twig@1.4.2", "asks for 1 of npm"),
)
def package_json(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges, tags or addresses, and is not told by a lock, is a gap. Parts of
    a workspace, folders beside the project and peers are left out; so are manifests of packages.
    """
    if is_installed(file.path):
        return
    if file.size > MAX_MANIFEST_BYTES:
        raise ParseError(file.path, f"more than the {MAX_MANIFEST_BYTES} bytes that are read")
    manifest = file.json(Manifest)
    if "/extensions/" in file.path and dig(manifest.engines, "vscode"):
        return
    name = manifest.name if isinstance(manifest.name, str) else ""
    yield from told(file, "npm", _asked(manifest), locks=LOCKS, project=name)


def _asked(manifest: Manifest) -> Iterator[Dependency]:
    for table, development in (
        (manifest.dependencies, False),
        (manifest.optional_dependencies, False),
        (manifest.dev_dependencies, True),
    ):
        for name, range in table.items() if isinstance(table, dict) else ():
            if isinstance(range, str) and not range.strip().startswith(_LOCAL):
                alias = _ALIAS(range.strip())
                real, wanted = (alias[1], alias[2] or "") if alias else (name, range)
                match = _EXACT(wanted)
                yield Dependency(real, match[1] if match else "", development)
