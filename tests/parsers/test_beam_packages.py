"""Packages of Erlang, Elixir and Gleam, locked and installed."""

from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.model.terms import MAX_DEPTH, MAX_TERMS_BYTES, read
from hullmark.parsers.gleam_manifest import gleam_manifest
from hullmark.parsers.hex_metadata import hex_metadata
from hullmark.parsers.mix_lock import mix_lock
from hullmark.parsers.otp_app import otp_app
from hullmark.parsers.rebar_lock import rebar_lock

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]


def facts(unit, content):
    data = content if isinstance(content, bytes) else content.encode()
    return list(unit.parse(File(path="srv/lock", content=data)))


def purls(unit, content):
    return [fact.purl for fact in facts(unit, content)]


def published(folder: Path) -> str:
    """The folder as a repository of one commit, which is answered."""
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "All"]):
        run([*GIT, *command], cwd=folder, check=True)
    told = run(["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True)
    return told.stdout.decode().strip()


@pytest.mark.skipif(which("rebar3") is None, reason="needs rebar3")
def test_rebar3_locks_a_repository_and_builds_applications(tmp_path):
    oak, app = tmp_path / "oak", tmp_path / "app"
    for folder, deps in (
        (oak, "[]"),
        (app, f'[{{oak, {{git, "{oak.as_uri()}", {{branch, "main"}}}}}}]'),
    ):
        (folder / "src").mkdir(parents=True)
        (folder / "rebar.config").write_text(f"{{deps, {deps}}}.\n")
        (folder / f"src/{folder.name}.app.src").write_text(
            f'{{application, {folder.name}, [{{description, "A \\"tree\\""}}, {{vsn, "2.1.0"}},'
            " {applications, [kernel, stdlib]}, {env, [{a, #{b => <<1, 2>>}}, {c, $a}]}]}.\n"
        )
    commit = published(oak)
    settings = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    run(["rebar3", "compile"], cwd=app, env=settings, check=True, capture_output=True)
    (package,) = facts(rebar_lock, (app / "rebar.lock").read_bytes())
    assert package.qualifiers == {"vcs_url": f"git+{oak.as_uri()}@{commit}"}
    assert package.direct
    for name in ("oak", "app"):
        built = app / f"_build/default/lib/{name}/ebin/{name}.app"
        assert purls(otp_app, built.read_bytes()) == [f"pkg:otp/{name}@2.1.0"]


@pytest.mark.skipif(which("mix") is None, reason="needs elixir")
def test_mix_locks_a_repository(tmp_path):
    oak, app = tmp_path / "oak", tmp_path / "app"
    for folder, deps in ((oak, ""), (app, f'{{:oak, git: "{oak}", branch: "main"}}')):
        folder.mkdir()
        (folder / "mix.exs").write_text(
            f"defmodule {folder.name.title()}.MixProject do\n  use Mix.Project\n"
            f'  def project, do: [app: :{folder.name}, version: "2.1.0", deps: [{deps}]]\nend\n'
        )
    commit = published(oak)
    settings = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    run(["mix", "deps.get"], cwd=app, env=settings, check=True, capture_output=True)
    (package,) = facts(mix_lock, (app / "mix.lock").read_bytes())
    assert package.qualifiers == {"vcs_url": f"git+{oak}@{commit}"}


@pytest.mark.skipif(not Path("/usr/lib/erlang/lib").is_dir(), reason="needs erlang")
def test_applications_of_erlang_itself_are_named_as_their_folders():
    found = 0
    for path in Path("/usr/lib/erlang/lib").glob("*/ebin/*.app"):
        name, _, version = path.parent.parent.name.rpartition("-")
        if name == path.stem:
            assert purls(otp_app, path.read_bytes()) == [f"pkg:otp/{name}@{version}"]
            found += 1
    assert found > 5


def test_packages_of_a_mix_lock_tell_what_they_require():
    lock = """\
%{
  "a": {:hex, :a, "1.0.0", "00", [:mix], [{:b, ">= 0.0.0", [hex: :b_b, repo: "hexpm"]}, {:c,
    "~> 1.0", [hex: :c, repo: "hexpm", optional: true]}], "hexpm", "00"},
  "b": {:hex, :b_b, "2.0.0-rc.1", "00", [:make, :rebar3], [], "hexpm", "00"},
  :"d" => {:hex, :d, "0.1.0"},
  "e": {:hex, :e, "0.2.0", "00", [:mix], [{:b, "~> 1.0", [hex: :b_b]}]},
}
"""
    assert [(each.purl, each.direct, each.requires) for each in facts(mix_lock, lock)] == [
        ("pkg:hex/a@1.0.0", None, ("pkg:hex/b_b@2.0.0-rc.1",)),
        ("pkg:hex/b_b@2.0.0-rc.1", None, ()),
        ("pkg:hex/d@0.1.0", None, ()),
        ("pkg:hex/e@0.2.0", None, ("pkg:hex/b_b@2.0.0-rc.1",)),
    ]
    assert purls(mix_lock, "%{\n}\n") == []


def test_every_version_of_a_rebar_lock_is_read():
    body = '[{<<"A">>,{pkg,<<"a_a">>,<<"1.0.0">>},0},\n {<<"b">>,{pkg,<<"b">>,<<"2.0.0">>},1}]'
    old = body.replace('<<"1.0.0">>', '<<"1.0.0">>,<<"97B3">>')
    sums = '[\n{pkg_hash,[\n {<<"A">>, <<"97B3">>}]}\n].\n'
    for lock in (f"{body}.\n", f"{old}.\n", f'{{"1.1.0",\n{body}}}.\n{sums}'):
        found = [(each.purl, each.direct) for each in facts(rebar_lock, lock)]
        assert found == [("pkg:hex/a_a@1.0.0", True), ("pkg:hex/b@2.0.0", False)]
    assert purls(rebar_lock, "[].\n") == []


@pytest.mark.parametrize(
    ("unit", "lock"),
    [
        (mix_lock, '%{"x": {:hg, "y"}, "a": {:hex, :a, "1.0.0"}}'),
        (rebar_lock, '[{<<"x">>,{hg,"y",{ref,"z"}},0},{<<"a">>,{pkg,<<"a">>,<<"1.0.0">>},0}].'),
    ],
)
def test_what_is_neither_of_hex_nor_of_git_is_an_error_after_the_rest(unit, lock):
    found = []
    with pytest.raises(ParseError, match="'x'"):
        found.extend(unit.parse(File(path="srv/lock", content=lock.encode())))
    assert [fact.purl for fact in found] == ["pkg:hex/a@1.0.0"]


def test_metadata_of_hex_tells_licences():
    text = '{<<"name">>,<<"Oak">>}.\n{<<"version">>,<<"2.1.0">>}.\n{<<"licenses">>,[<<"MIT">>]}.\n'
    (package,) = facts(hex_metadata, text + '{<<"links">>,[{<<"a">>,<<"b">>}]}.\n')
    assert (package.purl, package.licences, package.declared) == (
        "pkg:hex/oak@2.1.0",
        ("MIT",),
        False,
    )


def test_packages_of_gleam_tell_who_asked_for_them_and_what_they_require():
    text = """\
packages = [
  { name = "a", version = "1.0.0", build_tools = ["gleam"], requirements = ["b", "own"] },
  { name = "b", version = "2.0.0", build_tools = ["gleam"], requirements = [] },
  { name = "own", version = "0.1.0", build_tools = ["gleam"], source = "local", path = "../own" },
]
[requirements]
a = { version = "~> 1.0" }
"""
    assert [(each.purl, each.direct, each.requires) for each in facts(gleam_manifest, text)] == [
        ("pkg:hex/a@1.0.0", True, ("pkg:hex/b@2.0.0",)),
        ("pkg:hex/b@2.0.0", False, ()),
    ]


def test_a_manifest_of_another_tool_is_nothing():
    assert facts(gleam_manifest, 'packages = 3\nname = "x"\n') == []


@pytest.mark.parametrize("unit", [mix_lock, rebar_lock, otp_app, hex_metadata])
@pytest.mark.parametrize("text", ["", "{", "}", "{]", '"', "a => b", "[" * (MAX_DEPTH + 1), "{a}."])
def test_terms_that_are_none_are_an_error(unit, text):
    with pytest.raises(ParseError):
        facts(unit, text)


def test_terms_are_read_as_they_are_nested():
    text = """{a, "b \\" ]", 'C d', [1, -2.5, <<"e"/utf8>>], #{f => g}, %{h: :i, "j": {}}} % end"""
    (term,) = read(File(path="x", content=text.encode()))
    assert term == ("a", 'b " ]', "C d", ["1", "-2.5", "e"], [("f", "g")], [("h", "i"), ("j", ())])


def test_long_terms_are_refused_and_hostile_ones_read_in_time():
    with pytest.raises(ParseError, match="bytes of terms"):
        read(File(path="x", content=b" " * (MAX_TERMS_BYTES + 1)))
    for start in (b'"', b"'", b"%", b"<<", b"\\", b'"a":', b"a:"):
        with pytest.raises(ParseError):
            facts(otp_app, start * 100_000)
