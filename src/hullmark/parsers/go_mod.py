"""go.mod: the modules that a Go module asks for.

Format: https://go.dev/ref/mod#go-mod-file; go.sum: https://go.dev/ref/mod#go-sum-files
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

INDIRECT = "// indirect"
"""Stands for this comment among the words of a line that requires."""

_GO = regex(r"1\.(?:[0-9]|1[0-6])(?:[^0-9]|\Z)").match
"""Until Go 1.16 go.mod left out the modules that only dependencies ask for."""

_INDIRECT = regex(r"\s*indirect\s*(?:;|\Z)").match
_LOCAL = regex(r"\.{0,2}[/\\]|\.{1,2}\Z|[A-Za-z]:[/\\]").match
_WORDS = regex(r'"[^"]*"|`[^`]*`|[^\s"`]+').findall


@parser(
    id="go-mod",
    names=("go.mod",),
    beside=("go.sum",),
    declared=True,
    version=2,
    example=File(
        path="srv/go.mod",
        content=b"""\
module example.org/app

go 1.21
toolchain go1.22.1

require example.org/one v1.0.0
require (
	example.org/two/v2 v2.3.0 // indirect
	example.org/three v0.1.0+incompatible
)
replace example.org/one => example.org/fork/one v1.0.1
replace example.org/three v0.1.0+incompatible => ../three
""",
    ),
    expect=(
        "pkg:golang/stdlib@1.22.1",
        "pkg:golang/example.org/fork/one@v1.0.1",
        "pkg:golang/example.org/two/v2@v2.3.0",
        "pkg:golang/example.org/three",
    ),
)
def go_mod(file: File) -> Iterator[Package]:
    """Yield every required module, direct or not, but not the module itself.

    A replaced module is named as what replaces it; one replaced by a local folder keeps its
    name and has no version. Modules of go.sum are added below Go 1.17, when go.mod did not name
    them all. The standard library is yielded when a toolchain is named: the ``go`` line is only
    the oldest release that will do. What is marked ``// indirect`` or only in go.sum is not direct.
    """
    lines = _lines(file)
    if "module" not in lines:
        raise ParseError(file.path, "no module is declared")
    for words in lines.get("toolchain", ()):
        release = "".join(words).removeprefix("go").partition("-")[0]
        if release not in ("", "default"):
            yield _package(file.path, "stdlib", release)
    excluded = lines.get("exclude", ())
    asked = lines.get("require", [])
    required = {words[0]: words[1] for words in asked if words[1:] not in ([], [INDIRECT])}
    if not lines.get("go") or _GO("".join(lines["go"][0])):
        required = {**_summed(file.near("go.sum")), **required}
    direct = {words[0] for words in asked if words and INDIRECT not in words}
    replaced = dict(
        _replacement(words) for words in lines.get("replace", ()) if "=>" in words[1:-1]
    )
    for module, version in required.items():
        if [module, version] not in excluded:
            to = replaced.get((module, version)) or replaced.get((module, ""))
            if to and _LOCAL(to[0]):
                to = (module, "")
            yield _package(file.path, *(to or (module, version)), module in direct)
    wrong = [words for words in asked if len([word for word in words if word != INDIRECT]) != 2]  # noqa: PLR2004
    wrong += [words for words in lines.get("replace", ()) if "=>" not in words[1:-1]]
    if wrong:
        raise ParseError(file.path, f"a line names no module and version: {wrong[0]!r}")


def _lines(file: File) -> dict[str, list[list[str]]]:
    """The words of all lines that have the same verb; a block gives its verb to each line."""
    lines: dict[str, list[list[str]]] = {}
    block = ""
    for line in file.text().splitlines():
        code, _, comment = line.partition("//")
        words = [word.strip('"`') for word in _WORDS(code)]
        if words and "require" in (block, words[0]) and _INDIRECT(comment):
            words.append(INDIRECT)
        if block and words == [")"]:
            block = ""
        elif block and words:
            lines.setdefault(block, []).append(words)
        elif words[1:] == ["("]:
            block = words[0]
        elif words and words[1:] != ["(", ")"]:
            lines.setdefault(words[0], []).append(words[1:])
    if block:
        raise ParseError(file.path, f"the block of {block!r} has no end")
    return lines


def _replacement(words: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Which module, in which version or any, gives way to which."""
    at = words.index("=>", 1)
    old, new = [*words[:at], "", ""], [*words[at + 1 :], "", ""]
    return (old[0], old[1]), (new[0], new[1])


def _summed(file: File | None) -> dict[str, str]:
    """Modules whose source go.sum vouches for; of several versions the last, which is highest."""
    lines = file.text().splitlines() if file else ()
    summed = (line.split(" ") for line in lines if "/go.mod h1:" not in line)
    return {words[0]: words[1] for words in summed if len(words) == 3}  # noqa: PLR2004


def _package(path: str, module: str, version: str, direct: bool | None = None) -> Package:  # noqa: FBT001 - one of four facts
    namespace, _, name = module.rpartition("/")
    return Package(
        type="golang",
        namespace=namespace,
        name=name,
        version=version,
        path=path,
        declared=True,
        direct=direct,
    )
