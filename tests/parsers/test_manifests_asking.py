"""Manifests that ask for packages: which versions are exact, and what is left out."""

import json

import pytest

from hullmark.model import File, Package, ParseError
from hullmark.model.asked import Asked
from hullmark.model.unlocked import MAX_ASKED, MAX_WORD_CHARS
from hullmark.parsers.cargo_toml import cargo_toml
from hullmark.parsers.composer_json import composer_json
from hullmark.parsers.gemfile import MAX_FILE_BYTES, gemfile
from hullmark.parsers.package_json import MAX_MANIFEST_BYTES, package_json
from hullmark.parsers.pipfile import pipfile
from hullmark.parsers.pyproject_toml import pyproject_toml
from hullmark.parsers.requirements_txt import requirements_txt
from hullmark.parsers.setup_cfg import setup_cfg
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.worker import claim

ALL = (cargo_toml, composer_json, gemfile, package_json, pipfile, pyproject_toml, setup_cfg)


def parsed(unit, text, path=""):
    """Exact versions, those for development in brackets, and the names of all others."""
    content = text if isinstance(text, str) else json.dumps(text)
    facts = list(unit.parse(File(path=path or unit.names[0], content=content.encode())))
    packages = [fact for fact in facts if isinstance(fact, Package)]
    assert all(fact.declared and fact.direct for fact in packages)
    exact = [f"{fact.full_name}@{fact.version}" for fact in packages]
    marked = [
        f"({name})" if fact.development else name
        for name, fact in zip(exact, packages, strict=True)
    ]
    return marked, [name for fact in facts if isinstance(fact, Asked) for name in fact.names]


@pytest.mark.parametrize(
    ("range", "version"),
    [
        ("1.2.3", "1.2.3"),
        ("=1.2.3", "1.2.3"),
        (" v1.2.3 ", "1.2.3"),
        ("1.2.3-rc.1", "1.2.3-rc.1"),
        ("npm:other@1.2.3", "1.2.3"),
        *[(range, "") for range in ("^1.2.3", "~1.2.3", "1.2", "1.x", "*", "", "latest", "1 || 2")],
        *[(range, "") for range in ("npm:other@^1", "npm:other", "git+https://x.example/a", "a/b")],
        *[(range, "") for range in ("catalog:", "https://x.example/a-1.2.3.tgz", ">=1.2.3 <2")],
        *[(range, None) for range in ("file:../a", "link:a", "workspace:*", "portal:a", "./a")],
        (3, None),
    ],
)
def test_versions_of_npm(range, version):
    exact, names = parsed(package_json, {"dependencies": {"other": range}})
    assert exact == ([f"other@{version}"] if version else [])
    assert names == (["other"] if version == "" else [])


def test_tables_of_npm():
    asked = {
        "name": "shop",
        "dependencies": {"@a/b": "1.0.0"},
        "devDependencies": {"c": "1.0.0", "d": "^1", "@a/b": "^1"},
        "optionalDependencies": {"e": "2.0.0"},
        "peerDependencies": {"f": "3.0.0"},
    }
    assert parsed(package_json, asked) == (["@a/b@1.0.0", "e@2.0.0", "(c@1.0.0)"], ["d"])


@pytest.mark.parametrize("wrong", [{}, {"dependencies": []}, {"dependencies": {"a": None}}])
def test_nothing_is_asked_of_npm(wrong):
    assert parsed(package_json, wrong) == ([], [])
    assert not list(package_json.parse(File(path="package.json", content=b"{}")))


def test_extensions_of_editors_have_a_parser_of_their_own():
    asked = {"engines": {"vscode": "^1"}, "dependencies": {"a": "1.0.0"}}
    assert parsed(package_json, asked, "srv/extensions/x/package.json") == ([], [])
    assert parsed(package_json, asked, "srv/package.json") == (["a@1.0.0"], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a==1.0", "a@1.0"),
        ("A_b[x, y] === 1.0+cpu ; python_version > '3'", "a-b@1.0+cpu"),
        ("a (==1.0)", "a@1.0"),
        ("a==1.0,!=1.1", "a@1.0"),
        *[(text, "") for text in ("a==1.*", "a>=1", "a", "a~=1.0", "a @ git+https://x.example/a")],
        *[(text, None) for text in ("a @ file:///x", "-e .", "", "[x]")],
    ],
)
def test_requirements_of_python(text, expected):
    asked = f"[project]\ndependencies = [{json.dumps(text)}]\n"
    exact, names = parsed(pyproject_toml, asked)
    assert [each.lower().replace("_", "-") for each in exact] == ([expected] if expected else [])
    assert names == (["a"] if expected == "" else [])


def test_groups_extras_and_sources_of_pyproject():
    asked = """
    [project]
    name = "Own_Grove"
    dependencies = ["beside==1", "own.grove[x]==9", "far>=1"]
    [project.optional-dependencies]
    x = ["extra==2"]
    [dependency-groups]
    test = ["tested==3", {include-group = "lint"}]
    [tool.uv]
    dev-dependencies = ["dev==4"]
    [tool.uv.sources]
    Beside = {workspace = true}
    far = {git = "https://x.example/far"}
    [build-system]
    requires = ["built==5"]
    """
    assert parsed(pyproject_toml, asked) == (["extra@2", "(tested@3)", "(dev@4)"], ["far"])


def test_tables_of_poetry():
    asked = """
    [tool.poetry.dependencies]
    python = "3.11.1"
    a = "1.2"
    b = {version = "==1.3", extras = ["x"]}
    c = "^1"
    d = {path = "../d"}
    e = {git = "https://x.example/e", tag = "1.0"}
    f = [{version = "1.0", python = "<3"}, {version = "^2", python = ">3"}]
    g = {url = "https://x.example/g.whl"}
    h = 3
    [tool.poetry.group.test.dependencies]
    i = "4.0"
    [tool.poetry.dev-dependencies]
    j = "*"
    """
    exact, names = parsed(pyproject_toml, asked)
    assert sorted(exact) == ["(i@4.0)", "a@1.2", "b@1.3", "f@1.0"]
    assert sorted(names) == ["c", "e", "g", "h", "j"]


def test_categories_of_pipenv():
    asked = """
    source = []
    [packages]
    a = "==1.0"
    b = "*"
    c = {path = ".", editable = true}
    d = {git = "https://x.example/d", version = "==1.0"}
    [dev-packages]
    e = {version = "==2.0"}
    [docs]
    f = "==3.0"
    [pipenv]
    allow_prereleases = "==1.0"
    """
    assert parsed(pipfile, asked) == (["a@1.0", "(e@2.0)", "f@3.0"], ["b", "d"])


def test_lists_of_setuptools():
    asked = (
        "[metadata]\nname = own\nversion = 1\n[options]\npackages = find:\n"
        "setup_requires = built==1\n"
        "install_requires =\n  # why\n  a==1.0; python_version > '3'\n\n  b>=1\n"
        "tests_require = c==2; d\n[options.extras_require]\nx =\n  e==3\ny = file: more.txt\n"
        "[flake8]\ninstall_requires = f==4\n"
    )
    assert parsed(setup_cfg, asked) == (["a@1.0", "(c@2)", "e@3"], ["b", "d"])


def test_tables_of_cargo():
    asked = """
    package.name = "own"
    [dependencies]
    a = "=1.0.0"
    b = "1.0.0"
    c = "=1.0"
    d = { path = "../d", version = "=1.0.0" }
    e = { workspace = true }
    f = { git = "https://x.example/f", version = "=1.0.0" }
    g = { package = "real", version = "= 2.0.0-rc.1" }
    h = 3
    [build-dependencies]
    i = "=3.0.0"
    [workspace.dependencies]
    e = "=4.0.0"
    """
    exact, names = parsed(cargo_toml, asked)
    assert exact == ["a@1.0.0", "real@2.0.0-rc.1", "(i@3.0.0)", "e@4.0.0"]
    assert names == ["b", "c", "f", "h"]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (gemfile, 'gem "a", "1"\n'),
        (package_json, '{"dependencies": {"a": "1.0.0"}}'),
        (setup_cfg, "[options]\ninstall_requires = a==1\n"),
    ],
)
def test_a_mark_of_order_hides_nothing(unit, text):
    assert parsed(unit, f"\ufeff{text}") == parsed(unit, text) != ([], [])


def test_calls_of_bundler():
    asked = """
    source "https://x.example"
    gem "a", "1.0"
    gem 'b', '= 1.0.pre', require: false
    gem("c", "~> 1.0")
    gem "d"
    gem "e", "1.0", "< 2"
    gem "f", path: "f"
    gem "g", "1.0", git: "https://x.example/g"
    gem "h", "1.0", :path => "h"
    gem "i", "1.0", group: :test
    gem "j", "1.0", groups: [:test, :production]
    # gem "k", "1.0"
    group :development, :test do
      gem "l", "2.0"
      platforms :ruby do
        gem "m", "2.0"
      end
    end
    group :production do
      gem "n", "2.0"
    end
    gem "o", "2.0"
    gem "p", "2.0" # once it was, path: "p", git: "p", group: :test
    """
    exact, names = parsed(gemfile, asked)
    assert exact == [
        "a@1.0",
        "b@1.0.pre",
        "(i@1.0)",
        "j@1.0",
        "(l@2.0)",
        "(m@2.0)",
        "n@2.0",
        "o@2.0",
        "p@2.0",
    ]
    assert names == ["c", "d", "e", "g"]


@pytest.mark.parametrize(
    ("range", "version"),
    [
        *[(range, range) for range in ("1.2.3", "v1.2", "1.0.0-beta2", "1.0.0RC1")],
        ("==1.2.3", "1.2.3"),
        ("1.2.3@dev", "1.2.3"),
        *[(range, "") for range in ("^1.2", "1.2.*", ">=1", "dev-main", "1.0 || 2.0", "1.0 - 2.0")],
    ],
)
def test_versions_of_composer(range, version):
    exact, names = parsed(composer_json, {"require-dev": {"php": "8.1", "A/b": range}})
    assert exact == ([f"(a/b@{version})"] if version else [])
    assert names == ([] if version else ["a/b"])


def test_empty_objects_of_php_are_lists():
    assert parsed(composer_json, {"require": [], "require-dev": []}) == ([], [])


@pytest.mark.parametrize("unit", ALL, ids=[unit.id for unit in ALL])
@pytest.mark.parametrize(
    "folder",
    [
        "srv/node_modules/oak",
        "vendor/oak/tree",
        "usr/lib/python3/site-packages/oak",
        "usr/lib/ruby/gems/3.1.0/gems/oak-1.2.3",
        "root/.cargo/registry/src/x/oak-1.0.0",
        "root/.cache/deno/npm/x/oak/1.0.0",
    ],
)
def test_manifests_of_packages_are_not_read(unit, folder):
    file = File(path=f"{folder}/{unit.names[0]}", content=b"\0 rubbish")
    assert not list(unit.parse(file))


def test_a_manifest_has_bounds():
    many = {"dependencies": {f"a{number}": "1" for number in range(MAX_ASKED + 1)}}
    long = {"dependencies": {"a" * (MAX_WORD_CHARS + 1): "1"}}
    with pytest.raises(ParseError, match="asks for more than"):
        parsed(package_json, many)
    with pytest.raises(ParseError, match="longer than"):
        parsed(package_json, long)
    with pytest.raises(ParseError, match="longer than"):
        parsed(package_json, {"dependencies": {"a": f"1.2.3-{'a' * MAX_WORD_CHARS}"}})
    with pytest.raises(ParseError, match="bytes that are read"):
        parsed(package_json, " " * (MAX_MANIFEST_BYTES + 1))
    for unit in (gemfile, setup_cfg):
        with pytest.raises(ParseError, match="bytes that are read"):
            parsed(unit, " " * (MAX_FILE_BYTES + 1))


def test_a_folder_of_requirements_is_read():
    units = Dispatch([claim(requirements_txt)]).units
    assert units("requirements/base.txt")
    assert units("srv/requirements/base.txt")
    assert not units("srv/requirements/more/base.txt")
    assert not units("srv/base.txt")
