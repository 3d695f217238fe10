"""package.json: what a Node.js project asks for, and which versions it forces on what others ask.

Format:
https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/package-json.md; Yarn's
``resolutions``: https://yarnpkg.com/configuration/manifest#resolutions; pnpm's ``pnpm.overrides``:
https://pnpm.io/package_json#pnpmoverrides
"""

from collections.abc import Iterator, Sequence
from re import ASCII
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import Block, Leaf, Path, bounded, json_parts
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.raising import NPM, raise_leaf

_TABLES = ("dependencies", "devDependencies", "optionalDependencies")
_FORCED: dict[str, Path] = {
    "package-lock.json": ("overrides",),
    "npm-shrinkwrap.json": ("overrides",),
    "package.json": ("overrides",),
    "bun.lock": ("overrides",),
    "bun.lockb": ("overrides",),
    "yarn.lock": ("resolutions",),
    "pnpm-lock.yaml": ("pnpm", "overrides"),
}
"""Where versions are forced, by the lock of the package manager in use."""

_INDENT = regex(r"\{(\r?\n)([ \t]+)\"", ASCII).search
_NAME = regex(r"(?:@[A-Za-z0-9._~-]+/)?[A-Za-z0-9._~-]+\Z", ASCII).match


@mender(
    id="package-json",
    types=("npm",),
    names=("package.json",),
    example=File(
        path="package.json",
        content=b"""\
{
  "name": "grove",
  "dependencies": {
    "oak": "^2.1.0",
    "@oak/leaf": "1.0.0"
  },
  "devDependencies": {"twig": "~1.4.2"}
}
""",
    ),
    wanted=(
        Wanted(type="npm", name="oak", version="2.1.0", to="2.1.4", path="package-lock.json"),
        Wanted(type="npm", name="@oak/leaf", version="1.0.0", to="1.0.1", path="package-lock.json"),
        Wanted(type="npm", name="twig", version="1.4.3", to="1.5.1", path="package-lock.json"),
        Wanted(
            type="npm",
            name="root",
            version="3.0.0",
            to="3.0.2",
            path="package-lock.json",
            direct=False,
        ),
    ),
    expect=b"""\
{
  "name": "grove",
  "dependencies": {
    "oak": "^2.1.4",
    "@oak/leaf": "1.0.1"
  },
  "devDependencies": {"twig": "~1.5.1"},
  "overrides": {
    "root": "^3.0.2"
  }
}
""",
)
def package_json(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version of what is asked for; force that of what only others ask for.

    Forcing is ``overrides``, for Yarn ``resolutions``, for pnpm ``pnpm.overrides``, in the
    package.json beside the lock. It names the old version too where the lock holds several.
    """
    parts = json_parts(file)
    asked = [
        leaf
        for leaf in parts
        if isinstance(leaf, Leaf) and leaf.path[:1] and leaf.path[0] in _TABLES
        if leaf.path[1:] == (wanted.name,)
    ]
    if wanted.direct is not False:
        for leaf in asked:
            yield raise_leaf(leaf.text, leaf.start, wanted, before, NPM)
    if wanted.path == file.path and not asked:
        yield Left("it does not ask for it by this name")
        return
    folder = wanted.path.partition("node_modules/")[0].rpartition("/")[0]
    if folder == file.path.rpartition("/")[0] and (wanted.direct is False or not asked):
        yield _forced(file, parts, wanted, before, named=bool(asked))


def _forced(
    file: File, parts: Sequence[Leaf | Block], wanted: Wanted, before: Before, *, named: bool
) -> Edit | Left:
    """The edit that forces a version on those who ask for the package."""
    lock = wanted.path.rpartition("/")[2]
    table = _FORCED.get(lock)
    if table is None or not _NAME(wanted.name):
        return Left("other packages ask for it")
    if named and wanted.alone:
        return Left("the project asks for it too, and a version cannot be forced on both")
    if lock == "yarn.lock" and not wanted.alone:
        return Left("other packages ask for several versions of it")
    key = wanted.name if wanted.alone else f"{wanted.name}@{wanted.version}"
    for leaf in parts:
        if isinstance(leaf, Leaf) and leaf.path in ((*table, key), (*table, key, ".")):
            return raise_leaf(leaf.text, leaf.start, wanted, before, NPM)
    if _is_taken(file.json(dict[str, object]), (*table, key)):
        return Left(f"its {'.'.join(table)} say something else of it")
    blocks = {part.path: part for part in parts if isinstance(part, Block)}
    depth = next(size for size in range(len(table), -1, -1) if table[:size] in blocks)
    return _inserted(bounded(file), blocks[table[:depth]], depth, (*table[depth:], key), wanted.to)


def _is_taken(manifest: object, keys: Sequence[str]) -> bool:
    """Whether a member cannot be added, for there is one, or no object where it would go."""
    for key in keys:
        if not isinstance(manifest, dict):
            return True
        if key not in manifest:
            return False
        manifest = manifest[key]
    return True


def _inserted(text: str, block: Block, depth: int, keys: Sequence[str], to: str) -> Edit:
    """A member at the end of an object, with those objects around it that are missing."""
    match = _INDENT(text)
    line, indent = (match[1], match[2]) if match else ("", "")
    space = "" if match else " "
    new = f'"^{to}"'
    for level in range(len(keys) - 1, -1, -1):
        new = f'"{keys[level]}": {new}'
        if level:
            inner, outer = indent * (depth + level + 1), indent * (depth + level)
            new = f"{{{line}{inner}{new}{line}{outer}}}"
    end = len(text[: block.end].rstrip(" \t\r\n"))
    lead = "" if block.empty else ","
    tail = f"{line}{indent * depth}" if block.empty else ""
    return Edit(
        end, end, f"{lead}{line or ('' if block.empty else space)}{indent * (depth + 1)}{new}{tail}"
    )
