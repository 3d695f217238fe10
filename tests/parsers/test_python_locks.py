"""Lock files of Poetry, Pipenv, uv and pip."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from json import dumps
from os import environ
from shutil import which
from subprocess import run
from zipfile import ZipFile

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.pdm_lock import pdm_lock
from hullmark.parsers.pipfile_lock import pipfile_lock
from hullmark.parsers.poetry_lock import poetry_lock
from hullmark.parsers.pylock_toml import pylock_toml
from hullmark.parsers.uv_lock import uv_lock
from hullmark.scan.dispatch import Claim, Dispatch


def purls(unit, text):
    content = text if isinstance(text, bytes) else text.encode()
    packages = list(unit.parse(File(path=unit.example.path, content=content)))
    assert all(package.declared for package in packages)
    return [package.purl.removeprefix("pkg:pypi/") for package in packages]


def relations(unit, text):
    """Of each package whether it is direct and for development, and what it requires."""
    content = text if isinstance(text, bytes) else text.encode()
    return {
        package.purl.removeprefix("pkg:pypi/"): (
            package.direct,
            package.development,
            [each.removeprefix("pkg:pypi/") for each in package.requires],
        )
        for package in unit.parse(File(path=unit.example.path, content=content))
    }


def wheel(folder, name, version, *requires):
    """A wheel with nothing in it."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            digest = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(text)}\n"
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return folder / f"{name}-{version}-py3-none-any.whl"


def attempt(*command, cwd):
    """Run a tool that is there; what it can't do is a reason to skip."""
    if which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    own = {key: value for key, value in environ.items() if not key.startswith(("PIP_", "UV_"))}
    done = run(command, cwd=cwd, env=own, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        pytest.skip(f"needs a {command[0]} that can {command[1]}: {done.stderr[-200:]}")


def test_a_lock_written_by_uv_holds_what_the_project_depends_on(tmp_path):
    wheel(tmp_path / "wheels", "Demo_One", "1.0", "leaf>=1")
    wheel(tmp_path / "wheels", "leaf", "2.0")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "app"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'
        'dependencies = ["demo-one"]\n'
        '[tool.uv]\nno-index = true\nfind-links = ["wheels"]\n'
    )
    attempt("uv", "lock", "--offline", cwd=tmp_path)
    assert purls(uv_lock, (tmp_path / "uv.lock").read_bytes()) == ["demo-one@1.0", "leaf@2.0"]
    attempt("uv", "export", "--format", "pylock.toml", "-o", "pylock.toml", cwd=tmp_path)
    assert purls(pylock_toml, (tmp_path / "pylock.toml").read_bytes()) == [
        "demo-one@1.0",
        "leaf@2.0",
    ]


def test_a_lock_written_by_uv_tells_who_asks_for_whom(tmp_path):
    wheels = tmp_path / "wheels"
    for name, *requires in (
        ("demo", "leaf"),
        ("leaf",),
        ("lint", "leaf", "rules"),
        ("rules",),
        ("shell", "Demo"),
        ("part",),
    ):
        wheel(wheels, name, "1.0", *requires)
    (tmp_path / "member").mkdir()
    (tmp_path / "member/pyproject.toml").write_text(
        '[project]\nname = "member"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'
        'dependencies = ["part"]\n'
    )
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "app"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'
        'dependencies = ["demo", "member"]\n[project.optional-dependencies]\ncli = ["shell"]\n'
        '[dependency-groups]\ndev = ["lint", "leaf"]\n[tool.uv.workspace]\n'
        'members = ["member"]\n[tool.uv.sources]\nmember = { workspace = true }\n'
        '[tool.uv]\nno-index = true\nfind-links = ["wheels"]\n'
    )
    attempt("uv", "lock", "--offline", cwd=tmp_path)
    told = {
        "demo@1.0": (True, False, ["leaf@1.0"]),
        "leaf@1.0": (True, False, []),
        "lint@1.0": (True, True, ["leaf@1.0", "rules@1.0"]),
        "part@1.0": (True, False, []),
        "rules@1.0": (False, True, []),
        "shell@1.0": (True, False, ["demo@1.0"]),
    }
    assert relations(uv_lock, (tmp_path / "uv.lock").read_bytes()) == told


def test_a_script_and_a_workspace_without_a_project_ask_for_packages_too():
    lock = "version = 1\n[manifest]\nrequirements = [{ name = 'a' }]\n"
    lock += "[manifest.dependency-groups]\ndev = [{ name = 'b', version = '2.0' }]\n"
    for name, version in (("a", "1.0"), ("b", "1.0"), ("b", "2.0"), ("b", "3.0")):
        lock += f'[[package]]\nname = "{name}"\nversion = "{version}"\n'
    assert relations(uv_lock, lock) == {
        "a@1.0": (True, False, []),
        "b@1.0": (False, False, []),
        "b@2.0": (True, True, []),
        "b@3.0": (False, False, []),
    }
    units = Dispatch([Claim(id="uv-lock", version=1, names=uv_lock.names)]).units
    assert units("srv/tool.py.lock")


def test_a_lock_written_by_poetry_tells_groups_and_requirements(tmp_path):
    leaf = wheel(tmp_path / "wheels", "Leaf_Green", "2.0")
    demo = wheel(tmp_path / "wheels", "demo", "1.0", f"leaf.green @ {leaf.as_uri()}")
    lint = wheel(tmp_path / "wheels", "lint", "3.0", f"Leaf-Green @ {leaf.as_uri()}")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "app"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'
        f'dependencies = ["demo @ {demo.as_uri()}"]\n[tool.poetry]\npackage-mode = false\n'
        f'[tool.poetry.group.dev.dependencies]\nlint = {{ path = "{lint}" }}\n'
    )
    attempt("poetry", "lock", cwd=tmp_path)
    assert relations(poetry_lock, (tmp_path / "poetry.lock").read_bytes()) == {
        "demo@1.0": (None, False, ["leaf-green@2.0"]),
        "leaf-green@2.0": (None, False, []),
        "lint@3.0": (None, True, ["leaf-green@2.0"]),
    }


def test_old_locks_of_poetry_have_categories_and_versions_of_a_name_count_alike():
    lock = ""
    for name, version, category in (
        ("a", "1.0", "main"),
        ("b", "1.0", "dev"),
        ("b", "2.0", "dev"),
        ("c", "1.0", ""),
    ):
        lock += f'[[package]]\nname = "{name}"\nversion = "{version}"\n'
        lock += f'category = "{category}"\noptional = false\n' if category else ""
        lock += '[package.dependencies]\nB = [{version = "1"}, {version = "2"}]\ngone = "*"\n'
    assert relations(poetry_lock, lock) == {
        "a@1.0": (None, False, ["b@1.0", "b@2.0"]),
        "b@1.0": (None, True, ["b@2.0"]),
        "b@2.0": (None, True, ["b@1.0"]),
        "c@1.0": (None, False, ["b@1.0", "b@2.0"]),
    }


def test_a_pylock_may_tell_what_a_distribution_requires():
    lock = 'lock-version = "1.0"\n'
    lock += '[[packages]]\nname = "a"\nversion = "1.0"\n'
    lock += 'dependencies = [{name = "b", version = "2.0"}, {name = "c"}, {name = "gone"}]\n'
    for name, version in (("b", "1.0"), ("b", "2.0")):
        lock += f'[[packages]]\nname = "{name}"\nversion = "{version}"\n'
    lock += '[[packages]]\nname = "c"\n[packages.vcs]\ntype = "git"\ncommit-id = "00"\n'
    assert relations(pylock_toml, lock) == {
        "a@1.0": (None, False, ["b@2.0", "c"]),
        "b@1.0": (None, False, []),
        "b@2.0": (None, False, []),
        "c": (None, False, []),
    }


def test_what_only_develop_lists_is_for_development():
    lock = {
        "default": {"a": {"version": "==1.0"}},
        "develop": {"a": {"version": "==1.0"}, "b": {"version": "==1.0"}},
        "docs": {"c": {"version": "==1.0"}},
    }
    assert relations(pipfile_lock, dumps(lock)) == {
        "a@1.0": (None, False, []),
        "b@1.0": (None, True, []),
        "c@1.0": (None, False, []),
    }
    facts = pipfile_lock.parse(File(path="Pipfile.lock", content=dumps({"x": 1, **lock}).encode()))
    assert next(iter(facts)).purl == "pkg:pypi/a@1.0"
    with pytest.raises(ParseError, match="category 'x'"):
        list(facts)


def test_a_lock_written_by_pip_holds_what_it_was_asked_for(tmp_path):
    demo = wheel(tmp_path / "wheels", "demo", "1.0", "leaf>=1")
    wheel(tmp_path / "wheels", "leaf", "2.0")
    attempt("pip", "lock", "--no-index", "--find-links", "wheels", str(demo), cwd=tmp_path)
    assert purls(pylock_toml, (tmp_path / "pylock.toml").read_bytes()) == ["demo@1.0", "leaf@2.0"]


def test_every_version_of_a_poetry_lock_is_read():
    package = '[[package]]\nname = "demo"\nversion = "1.0"\n'
    files = 'files = [\n    {file = "demo-1.0.tar.gz", hash = "sha256:00"},\n]\n'
    first = f'{package}category = "main"\n\n[metadata]\nlock-version = "1.1"\n\n[metadata.files]\n'
    second = f'{package}groups = ["main"]\n{files}\n[metadata]\nlock-version = "2.1"\n'
    assert purls(poetry_lock, first + files.replace("files", "demo")) == ["demo@1.0"]
    assert purls(poetry_lock, second) == ["demo@1.0"]
    assert purls(poetry_lock, 'package = []\n[metadata]\nlock-version = "2.1"\n') == []


@pytest.mark.parametrize("version", ["2", "3.1", "4.1", "4.5.0"])
def test_every_version_of_a_pdm_lock_is_read(version):
    """Groups are written since 4.4, artifacts per package since 4.2."""
    new = version == "4.5.0"
    tail = '[metadata]\nlock_version = "VERSION"\ncontent_hash = "sha256:0"\n'.replace(
        "VERSION", version
    )
    artifacts = '    {file = "a-1.0.tar.gz", hash = "sha256:0"},\n]\n'
    lock = tail if new else ""
    for name, text, groups in (
        ("a", '["Leaf_Green<3,>=1", "b[x]~=1.0; python_version > \\"3\\"", "gone"]', ["default"]),
        ("a", "[]\nextras = ['x']", ["default"]),
        ("b", '["a", "leaf.green"]', ["dev"]),
        ("leaf-green", "[]", ["default", "dev"]),
        ("own", "[]\neditable = true\npath = './own'", ["default"]),
        ("docs", "[]", ["docs"]),
    ):
        lock += f'[[package]]\nname = "{name}"\nversion = "1.0"\nrequires_python = ">=3"\n'
        lock += f"dependencies = {text}\n"
        lock += f"groups = {groups}\nfiles = [\n{artifacts}\n" if new else "\n"
    if not new:
        lock += f'{tail}\n[metadata.files]\n"a 1.0" = [\n{artifacts}'
    assert relations(pdm_lock, lock) == {
        "a@1.0": (None, False, ["leaf-green@1.0", "b@1.0"]),
        "b@1.0": (None, new, ["a@1.0", "leaf-green@1.0"]),
        "leaf-green@1.0": (None, False, []),
        "docs@1.0": (None, False, []),
    }


def test_only_what_uv_links_is_left_out():
    lock = "version = 1\n"
    for source, name in (
        ('virtual = "."', "app"),
        ('editable = "packages/part"', "part"),
        ('registry = "https://index.example/simple"', "a"),
        ('git = "https://code.example/b?rev=v1#00"', "b"),
        ('url = "https://index.example/c-1.0.tar.gz"', "c"),
        ('path = "wheels/d-1.0-py3-none-any.whl"', "d"),
        ('directory = "vendor/e"', "e"),
    ):
        lock += f'[[package]]\nname = "{name}"\nversion = "1.0"\nsource = {{ {source} }}\n'
    assert purls(uv_lock, lock) == ["a@1.0", "b@1.0", "c@1.0", "d@1.0", "e@1.0"]


def test_several_versions_for_several_platforms_are_told_once_each():
    lock = 'version = 1\nlock-version = "1.0"\n'
    for version in ("1.0", "2.0", "1.0"):
        lock += f'[[package]]\nname = "a"\nversion = "{version}"\n'
    assert purls(uv_lock, lock) == ["a@1.0", "a@2.0"]
    assert purls(pylock_toml, lock.replace("package]", "packages]")) == ["a@1.0", "a@2.0"]


def test_a_pylock_leaves_out_folders_and_may_lack_versions():
    lock = 'lock-version = "1.0"\n'
    lock += '[[packages]]\nname = "app"\ndirectory = {path = ".", editable = true}\n'
    lock += '[[packages]]\nname = "a"\nvcs = {type = "git", url = "x", commit-id = "00"}\n'
    lock += '[[packages]]\nname = "b"\narchive = {url = "https://index.example/b.tar.gz"}\n'
    lock += '[[packages]]\nname = "c"\narchive = {path = "w/c-1.0%2Bcpu-py3-none-any.whl"}\n'
    assert purls(pylock_toml, lock) == ["a", "b", "c@1.0%2Bcpu"]
    with pytest.raises(ParseError, match=r"lock version '2\.0' is not known"):
        purls(pylock_toml, lock.replace("1.0", "2.0"))


def test_named_pylocks_are_claimed():
    units = Dispatch([Claim(id="pylock-toml", version=1, names=pylock_toml.names)]).units
    assert units("srv/pylock.toml")
    assert units("srv/pylock.dev.toml")
    assert not units("srv/pyproject.toml")


def test_every_category_of_a_pipfile_lock_is_read():
    lock = {
        "_meta": {"hash": {"sha256": "00"}, "pipfile-spec": 6, "requires": {}, "sources": []},
        "default": {
            "a": {"version": "==1.0", "hashes": ["sha256:00"], "index": "pypi"},
            "app": {"editable": True, "path": "."},
            "b": {"git": "https://code.example/b", "ref": "00"},
        },
        "develop": {"a": {"version": "==1.0"}, "c": {"version": "==2.0"}},
        "docs": {"d": {"version": "===3.0"}, "e": {"version": "*"}},
    }
    assert purls(pipfile_lock, dumps(lock)) == ["a@1.0", "b", "c@2.0", "d@3.0", "e"]


@pytest.mark.parametrize(
    "unit", [poetry_lock, pdm_lock, uv_lock, pylock_toml, pipfile_lock], ids=lambda unit: unit.id
)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"<<<<<<< main\n",
        b"{}",
        b"[]",
        b'{"default": 1}',
        b'{"default": {"a": {"version": 1}}}',
        b"package = 1\n",
        b'[[package]]\nname = 1\nversion = "1"\n',
        b'lock-version = "1.0"\n[[packages]]\nname = 1\n',
        b'{"default": ' + b'{"a":' * 9999,
        b"a = " + b"[" * 9999,
        b"\xff",
    ],
)
def test_a_lock_that_is_none_is_an_error(unit, content):
    if unit is pylock_toml and content.startswith(b"package "):
        content = b"lock-version = 1\n"
    with pytest.raises(ParseError):
        purls(unit, content)
