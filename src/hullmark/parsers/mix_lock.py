"""mix.lock: the exact packages of an Elixir project.

Format: a map of Elixir, written by Mix and Hex; https://hexdocs.pm/mix/Mix.Tasks.Deps.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.by_name import related
from hullmark.model.repository import vcs_url
from hullmark.model.terms import Term, read, text
from hullmark.unit import parser


@parser(
    id="mix-lock",
    names=("mix.lock",),
    declared=True,
    example=File(
        path="srv/mix.lock",
        content=b"""\
%{
  "elm": {:git, "https://code.example/elm.git", "4c2a6b1f0c9d", [tag: "v0.3.0"]},
  "leaf": {:hex, :leaf_tree, "1.4.0", "97b3888a4aec", [:mix], [], "hexpm", "f7616172"},
  "oak": {:hex, :oak, "2.1.0", "97b3888a4aec", [:mix],
    [{:leaf, "~> 1.0", [hex: :leaf_tree, repo: "hexpm", optional: false]}], "hexpm", "f7616172"},
  "own": {:hex, :own, "0.1.0", "97b3888a4aec", [:mix], [], "hexpm:acme", "f7616172"},
}
""",
    ),
    expect=(
        "pkg:otp/elm?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
        "pkg:hex/leaf_tree@1.4.0",
        "pkg:hex/oak@2.1.0",
        "pkg:hex/acme/own@0.1.0",
    ),
)
def mix_lock(file: File) -> Iterator[Package]:
    """Yield every package of Hex, and every application from a git repository by its commit.

    An organisation's package has the organisation as namespace. What the project itself asks for
    stands in its mix.exs, a program.
    """
    terms = read(file)
    if len(terms) != 1 or not isinstance(terms[0], list):
        raise ParseError(file.path, "no map of packages")
    found: dict[str, Package] = {}
    needs: dict[str, list[str]] = {}
    strange = ""
    for pair in terms[0]:
        match pair:
            case (str(name), ("hex", str(package), str(version), *rest)):
                found[name] = Package(
                    type="hex",
                    namespace=_organisation(rest[3:4]),
                    name=package.lower(),
                    version=version,
                    path=file.path,
                    declared=True,
                )
                needs[name] = [text(each[0]) for each in _needs(rest[2:3]) if each]
            case (str(name), ("git", str(url), str(commit), *_)):
                found[name] = Package(
                    type="otp",
                    name=name.lower(),
                    qualifiers=vcs_url(url, commit),
                    path=file.path,
                    declared=True,
                )
            case _:
                strange = strange or str(pair[0] if isinstance(pair, tuple) and pair else pair)
    yield from related(found, needs)
    if strange:
        raise ParseError(file.path, f"neither of Hex nor of git: {strange[:80]!r}")


def _needs(rest: list[Term]) -> list[tuple[Term, ...]]:
    """The applications that a package of Hex needs, with what is asked of each."""
    listed = rest[0] if rest and isinstance(rest[0], list) else []
    return [each for each in listed if isinstance(each, tuple)]


def _organisation(rest: list[Term]) -> str:
    """Whose private package it is; empty for a public one."""
    repository = text(rest[0]) if rest else ""
    return repository.partition(":")[2].lower() if repository.startswith("hexpm:") else ""
