"""Vendored modules as the go command lists them, and which of go.mod's are direct."""

import os
from shutil import which
from subprocess import run
from zipfile import ZipFile

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.go_mod import go_mod
from hullmark.parsers.go_vendor import go_vendor


def told(unit, text):
    content = text if isinstance(text, bytes) else text.encode()
    facts = unit.parse(File(path="srv/vendor/modules.txt", content=content))
    return [(fact.purl, fact.direct) for fact in facts]


def publish(proxy, module, version, source, requires=""):
    """A module as a proxy serves it from a folder."""
    folder = proxy / module / "@v"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = f"module {module}\n\ngo 1.17\n\n{requires}"
    (folder / f"{version}.info").write_text(f'{{"Version": "{version}"}}')
    (folder / f"{version}.mod").write_text(manifest)
    with ZipFile(folder / f"{version}.zip", "w") as archive:
        archive.writestr(f"{module}@{version}/go.mod", manifest)
        archive.writestr(f"{module}@{version}/source.go", source)


@pytest.mark.skipif(which("go") is None, reason="needs go")
def test_what_go_vendors_is_read_alike_from_both_files(tmp_path):
    proxy = tmp_path / "proxy"
    publish(proxy, "b.example/leaf", "v1.4.0", "package leaf\n")
    needs = "require b.example/leaf v1.4.0\n"
    publish(proxy, "a.example/oak", "v1.0.0", 'package oak\nimport _ "b.example/leaf"\n', needs)
    publish(proxy, "a.example/fork", "v1.1.0", "package elm\n")
    app = tmp_path / "app"
    local = app / "local"
    local.mkdir(parents=True)
    (local / "go.mod").write_text("module a.example/local\n")
    (local / "source.go").write_text("package local\n")
    imports = "".join(f'import _ "a.example/{name}"\n' for name in ("oak", "elm", "local"))
    (app / "main.go").write_text(f"package main\n{imports}func main() {{}}\n")
    (app / "go.mod").write_text(
        "module a.example/app\n\ngo 1.17\n\n"
        "require (\n\ta.example/oak v1.0.0\n\ta.example/elm v1.0.0\n\ta.example/local v0.1.0\n"
        "\tb.example/leaf v1.4.0 // indirect\n)\n\n"
        "replace a.example/elm v1.0.0 => a.example/fork v1.1.0\n\n"
        "replace a.example/local => ./local\n"
    )
    settings = {
        "HOME": str(tmp_path),
        "GOPATH": str(tmp_path / "gopath"),
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOPROXY": proxy.as_uri(),
        "GONOSUMDB": "*",
        "GOTOOLCHAIN": "local",
    }
    for command in ("tidy", "vendor"):
        run(["go", "mod", command], cwd=app, env={**os.environ, **settings}, check=True)
    vendored = told(go_vendor, (app / "vendor/modules.txt").read_bytes())
    required = told(go_mod, (app / "go.mod").read_bytes())
    expected = {
        ("pkg:golang/a.example/fork@v1.1.0", True),
        ("pkg:golang/a.example/local", True),
        ("pkg:golang/a.example/oak@v1.0.0", True),
        ("pkg:golang/b.example/leaf@v1.4.0", False),
    }
    assert set(required) == expected
    assert {purl for purl, _ in vendored} == {purl for purl, _ in expected}
    assert {direct for _, direct in vendored} == {None}


def test_a_module_that_go_mod_does_not_name_is_not_direct():
    text = "# a.example/oak v1.0.0\n## explicit\na.example/oak\n"
    text += "# a.example/elm v1.0.0\na.example/elm\n"
    assert told(go_vendor, text) == [
        ("pkg:golang/a.example/oak@v1.0.0", None),
        ("pkg:golang/a.example/elm@v1.0.0", False),
    ]


def test_a_comment_marks_what_is_not_direct():
    head = "module a.example/app\ngo 1.18\n"
    for comment, direct in (
        ("", True),
        ("// indirect", False),
        ("//indirect", False),
        ("// indirect; why", False),
        ("// indirectly", True),
        ("// not indirect", True),
    ):
        for line in (f"require a.b/c v1.0.0 {comment}", f"require (\n\ta.b/c v1.0.0 {comment}\n)"):
            assert told(go_mod, f"{head}{line}\n") == [("pkg:golang/a.b/c@v1.0.0", direct)]


def test_a_requirement_that_is_only_marked_is_an_error():
    with pytest.raises(ParseError, match="names no module and version"):
        told(go_mod, "module a.example/app\ngo 1.18\nrequire a.b/c // indirect\n")


@pytest.mark.parametrize("text", ["\0\0", "{}", "# a.b/c\na.b/c\n", "# a.b/c => d\na.b/c\n"])
def test_a_list_of_vendored_modules_that_is_none_is_an_error(text):
    with pytest.raises(ParseError):
        told(go_vendor, text)
