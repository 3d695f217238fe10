"""Manifests beside and below locks, by way of the engine: in folders and in images."""

import json

import pytest

from tests.images.build import make_image, os_release, sha256, tar


def manifest(exact="", **ranges):
    wanted = {"oak": exact} if exact else {}
    return json.dumps({"name": "own", "dependencies": wanted | ranges})


def lock(**versions):
    packages = {f"node_modules/{name}": {"version": it} for name, it in versions.items()}
    return json.dumps({"lockfileVersion": 3, "packages": {"": {}, **packages}})


def grown(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return f"dir:{folder}"


def told(report):
    packages = [(each.path, each.purl) for each in report.packages if each.declared]
    return packages, [(gap.unit, gap.subject, gap.why.partition(",")[0]) for gap in report.gaps]


ONE = "asks for 1 package without an exact version"


def test_without_a_lock_exact_versions_are_packages_and_ranges_a_gap(scan, tmp_path):
    tree = grown(tmp_path, {"a/package.json": manifest("1.0.0", leaf="^1", twig="*")})
    report = scan(tree)
    assert told(report) == (
        [("a/package.json", "pkg:npm/oak@1.0.0")],
        [("package-json", "a/package.json", "asks for 2 packages without an exact version")],
    )
    assert report.packages[0].direct
    assert told(scan(tree, declared=False)) == ([], [])


def test_a_lock_beside_tells_of_all(scan, tmp_path):
    files = {"a/package.json": manifest("1.0.0", leaf="^1"), "a/package-lock.json": lock(root="3")}
    assert told(scan(grown(tmp_path, files))) == (
        [("a/package-lock.json", "pkg:npm/root@3")],
        [],
    )


def test_a_lock_above_tells_of_what_it_names(scan, tmp_path):
    files = {
        "package-lock.json": lock(oak="1.0.0", leaf="1.0.0"),
        "parts/a/package.json": manifest("1.0.0", leaf="^1", own="^1"),
        "parts/b/package.json": manifest("", twig="^1"),
    }
    packages, gaps = told(scan(grown(tmp_path, files)))
    assert {path for path, _ in packages} == {"package-lock.json"}
    assert gaps == [("package-json", "parts/b/package.json", ONE)]


def test_another_version_above_tells_nothing_of_an_exact_one(scan, tmp_path):
    leaf = '{"name": "oak", "version": "1.0.0"}'
    files = {
        "package-lock.json": lock(oak="2.0.0"),
        "parts/a/package.json": manifest("1.0.0"),
        "parts/b/package.json": manifest("1.0.0"),
        "parts/b/node_modules/oak/package.json": leaf,
        "requirements.txt": "leaf==1.0\nroot==2\n",
        "c/pyproject.toml": '[project]\ndependencies = ["Leaf==1.0.0", "root==1"]\n',
    }
    packages, gaps = told(scan(grown(tmp_path, files)))
    assert ("parts/a/package.json", "pkg:npm/oak@1.0.0") in packages
    assert [purl for path, purl in packages if path == "c/pyproject.toml"] == ["pkg:pypi/root@1"]
    assert "parts/b/package.json" not in dict(packages)
    assert not gaps


def test_a_lock_of_another_folder_or_kind_tells_nothing(scan, tmp_path):
    files = {
        "a/package-lock.json": lock(leaf="1.0.0"),
        "b/package.json": manifest("", leaf="^1"),
        "b/requirements.txt": "leaf==1.0\n",
    }
    assert told(scan(grown(tmp_path, files)))[1] == [("package-json", "b/package.json", ONE)]


def test_a_lock_that_cannot_be_read_tells_nothing(scan, tmp_path):
    files = {"package.json": manifest("1.0.0", leaf="^1"), "package-lock.json": "{"}
    packages, gaps = told(scan(grown(tmp_path, files)))
    assert packages == [("package.json", "pkg:npm/oak@1.0.0")]
    assert [unit for unit, _, _ in gaps] == ["npm-package-lock", "package-json"]


@pytest.mark.parametrize("pins", ["requirements.txt", "requirements-dev.txt", "requirements/a.txt"])
def test_requirements_tell_of_what_they_pin(scan, tmp_path, pins):
    asked = '[project]\ndependencies = ["Oak_Tree>=1", "leaf>=1"]\n'
    files = {"pyproject.toml": asked, pins: "oak.tree==1.0\n"}
    assert told(scan(grown(tmp_path, files))) == (
        [(pins, "pkg:pypi/oak.tree@1.0")],
        [("pyproject-toml", "pyproject.toml", ONE)],
    )


def test_what_is_installed_tells_of_what_asks_for_it(scan, tmp_path):
    leaf = '{"name": "leaf", "version": "1.0.0"}'
    files = {
        "a/package.json": manifest("", leaf="^1"),
        "a/node_modules/leaf/package.json": leaf,
        "b/package.json": manifest("", leaf="^1"),
        "c/pyproject.toml": '[project]\ndependencies = ["leaf>=1"]\n',
        "c/.venv/lib/python3.11/site-packages/leaf-1.0.dist-info/METADATA": "Name: leaf\n"
        "Version: 1.0\n",
    }
    assert told(scan(grown(tmp_path, files)))[1] == [("package-json", "b/package.json", ONE)]


def test_modules_of_a_program_of_the_system_tell_nothing_of_others(scan, tmp_path):
    leaf = '{"name": "leaf", "version": "1.0.0"}'
    files = {
        "usr/lib/node_modules/npm/node_modules/leaf/package.json": leaf,
        "usr/src/a/package.json": manifest("", leaf="^1"),
        "usr/src/a/node_modules/leaf/package.json": leaf,
        "srv/b/package.json": manifest("", leaf="^1"),
        "opt/venv/lib/python3.11/site-packages/leaf-1.0.dist-info/METADATA": "Name: leaf\n"
        "Version: 1.0\n",
        "srv/c/pyproject.toml": '[project]\ndependencies = ["leaf>=1"]\n',
    }
    gaps = told(scan(grown(tmp_path, files)))[1]
    assert gaps == [("package-json", "srv/b/package.json", ONE)]


@pytest.mark.parametrize("cached", [False, True])
def test_layers_are_settled_together(scan, tmp_path, cached):
    layers = [
        [*os_release(), ("srv/package.json", manifest("1.0.0", leaf="^1"))],
        [("srv/sub/package.json", manifest("1.0.0", twig="^1"))],
        [("srv/package-lock.json", lock(oak="1.0.0", leaf="1.0.0"))],
    ]
    for held in (2, 3):
        image = make_image(tmp_path / str(held), layers[:held])
        for _ in range(1 + cached):
            report = scan(image, declared=True, use_cache=cached)
            packages, gaps = told(report)
            assert ("package-json", "srv/sub/package.json", ONE) in gaps
            at = {path: each.layer for each in report.packages for path in [each.path]}
            if held == len(layers):
                assert len(gaps) == 1
                assert {path for path, _ in packages} == {"srv/package-lock.json"}
            else:
                assert at["srv/package.json"] == sha256(tar(layers[0]))
                assert at["srv/sub/package.json"] == sha256(tar(layers[1]))
                assert {gap.layer for gap in report.gaps} == set(at.values())
            assert not told(scan(image, use_cache=cached))[0]
