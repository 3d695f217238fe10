"""rebar.lock: the exact packages of an Erlang project, with and without a version of the format.

Format: Erlang terms, written by rebar3; https://rebar3.org/docs/configuration/dependencies/#lock-files
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.repository import vcs_url
from hullmark.model.terms import Term, read
from hullmark.unit import parser


@parser(
    id="rebar-lock",
    names=("rebar.lock",),
    declared=True,
    example=File(
        path="srv/rebar.lock",
        content=b"""\
{"1.2.0",
[{<<"elm">>,{git,"https://code.example/elm.git",{ref,"4c2a6b1f0c9d"}},0},
 {<<"leaf">>,{pkg,<<"leaf_tree">>,<<"1.4.0">>},1}]}.
[
{pkg_hash,[
 {<<"leaf">>, <<"97B3888A4AEC">>}]}
].
""",
    ),
    expect=(
        "pkg:otp/elm?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
        "pkg:hex/leaf_tree@1.4.0",
    ),
)
def rebar_lock(file: File) -> Iterator[Package]:
    """Yield every package of Hex, and every application from a git repository by its commit.

    Packages of the first level are what the project asks for itself.
    """
    match read(file):
        case [(str(), list(listed)), *_] | [list(listed), *_]:
            pass
        case _:
            raise ParseError(file.path, "no list of packages")
    strange = ""
    for entry in listed:
        package = _package(file.path, entry)
        if package:
            yield package
        else:
            strange = strange or str(entry[0] if isinstance(entry, tuple) and entry else entry)
    if strange:
        raise ParseError(file.path, f"neither of Hex nor of git: {strange[:80]!r}")


def _package(path: str, entry: Term) -> Package | None:
    """One package from its application's name, its source, and its level."""
    match entry:
        case (str(), ("pkg", str(name), str(version), *_), str(level)):
            kind, origin = "hex", {}
        case (str(name), ("git" | "git_subdir", str(url), (str(), str(commit)), *_), str(level)):
            kind, version, origin = "otp", "", vcs_url(url, commit)
        case _:
            return None
    return Package(
        type=kind,
        name=name.lower(),
        version=version,
        qualifiers=origin,
        path=path,
        declared=True,
        direct=level == "0",
    )
