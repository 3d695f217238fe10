"""cabal.project.freeze: the exact packages of a Haskell project.

Format: https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.unit import parser

_FIELD = regex(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:").match
_PINNED = regex(r"(?:any\.)?([A-Za-z0-9-]{1,200})\s*==\s*([0-9]+(?:\.[0-9]+)*)\Z").match


@parser(
    id="cabal-freeze",
    names=("cabal.project.freeze",),
    declared=True,
    example=File(
        path="srv/cabal.project.freeze",
        content=b"""\
active-repositories: hackage.haskell.org:merge
constraints: any.oak-tree ==2.1.0,
             oak-tree +bark -moss,
             any.leaf ==1.4.0.1
index-state: hackage.haskell.org 2024-01-01T00:00:00Z
""",
    ),
    expect=("pkg:hackage/oak-tree@2.1.0", "pkg:hackage/leaf@1.4.0.1"),
)
def cabal_freeze(file: File) -> Iterator[Package]:
    """Yield every package with the one version that it may have."""
    constraints: list[str] = []
    field = ""
    for line in file.text().splitlines():
        if line.lstrip().startswith("--"):
            continue
        found = None if line[:1].isspace() else _FIELD(line)
        if found:
            field, line = found[1].lower(), line[found.end() :]  # noqa: PLW2901 - what is left of it
        if field == "constraints":
            constraints.append(line)
    if not field:
        raise ParseError(file.path, "no field of a project")
    for each in map(str.strip, ",".join(constraints).split(",")):
        if pinned := _PINNED(each):
            yield Package(
                type="hackage", name=pinned[1], version=pinned[2], path=file.path, declared=True
            )
