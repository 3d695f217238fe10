"""What Composer installs and locks."""

from json import dumps
from os import environ
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.composer_installed import composer_installed
from hullmark.parsers.composer_lock import composer_lock


def file(content, **beside):
    data = content if isinstance(content, bytes) else dumps(content).encode()
    near = {f"{name}.json": file(manifest) for name, manifest in beside.items()}
    return File(path="x", content=data, beside=near)


def parse(unit, content):
    return list(unit.parse(file(content)))


def purls(unit, content):
    return [fact.purl for fact in parse(unit, content)]


@pytest.mark.skipif(which("composer") is None, reason="needs composer")
def test_a_project_installed_by_composer_is_found(tmp_path):
    needs = dict.fromkeys(("example/clock", "example/time", "php"), "*")
    for name, needed in (("clock", {}), ("log", needs), ("unit", {})):
        (tmp_path / "packages" / name).mkdir(parents=True)
        package = {"name": f"example/{name}", "version": "v1.2.3", "license": ["MIT", "ISC"]}
        package |= {"require": needed} if needed else {}
        package |= {"replace": {"example/time": "*"}} if name == "clock" else {}
        (tmp_path / "packages" / name / "composer.json").write_text(dumps(package))
    project = tmp_path / "app"
    project.mkdir()
    options = {"symlink": False}
    wanted = {
        "repositories": [
            {"packagist.org": False},
            {"type": "path", "url": "../packages/*", "options": options},
        ],
        "require": {"example/log": "*"},
        "require-dev": {"example/unit": "*"},
    }
    (project / "composer.json").write_text(dumps(wanted))
    place = {**environ, "COMPOSER_ALLOW_SUPERUSER": "1", "COMPOSER_HOME": str(tmp_path / "home")}
    install = ["composer", "install", "-q", "-n"]
    run(install, cwd=project, env=place, check=True)
    clock, log, unit = (f"pkg:composer/example/{name}@v1.2.3" for name in ("clock", "log", "unit"))
    manifest = (project / "composer.json").read_bytes()
    lock = file((project / "composer.lock").read_bytes(), composer=manifest)
    locked = list(composer_lock.parse(lock))
    installed = parse(composer_installed, (project / "vendor/composer/installed.json").read_bytes())
    for found in (locked, installed):
        assert {package.purl: package.requires for package in found} == {
            clock: (),
            log: (clock,),
            unit: (),
        }
        assert [package.purl for package in found if package.development] == [unit]
        assert {package.licences for package in found} == {("MIT OR ISC",)}
    assert [package.purl for package in locked if package.direct] == [log, unit]
    assert {package.direct for package in installed} == {None}


def test_who_is_direct_is_unknown_without_the_project_file():
    (package,) = parse(composer_lock, {"packages": [{"name": "a/b", "version": "1"}]})
    assert package.direct is None


def test_a_broken_project_file_is_an_error_after_the_packages():
    packages = composer_lock.parse(file({"packages": [{"name": "a/b"}]}, composer=b"{"))
    assert next(packages).direct is None
    with pytest.raises(ParseError, match="beside it"):
        next(packages)


def test_a_name_that_a_package_has_is_not_looked_for_among_those_that_provide_it():
    release = {"name": "a/app", "version": "1", "require": {"A/Virtual": "*", "a/real": "*"}}
    provider = {"name": "a/provider", "version": "1", "provide": {"a/virtual": "1", "a/real": "1"}}
    real = {"name": "a/real", "version": "2", "require": []}
    found = parse(composer_lock, {"packages": [release, provider, real]})
    assert found[0].requires == ("pkg:composer/a/provider@1", "pkg:composer/a/real@2")


def test_the_list_of_composer_1_is_read():
    found = parse(composer_installed, [{"name": "Acme/Log", "version": "1.0", "license": "MIT"}])
    assert [fact.purl for fact in found] == ["pkg:composer/acme/log@1.0"]
    assert found[0].licences == ("MIT",)


def test_a_package_may_have_no_licence_and_no_vendor():
    found = parse(composer_installed, {"packages": [{"name": "log", "license": None}]})
    assert [fact.purl for fact in found] == ["pkg:composer/log"]
    assert found[0].licences == ()


def test_a_project_without_development_packages_is_read():
    assert purls(composer_lock, {"packages": None, "packages-dev": None}) == []
    assert purls(composer_lock, {"packages": []}) == []


@pytest.mark.parametrize("content", [b"", b"\0", b"3", b"{}", b'{"packages": 1}', b"[1]"])
def test_files_that_are_none_are_errors(content):
    for unit in (composer_installed, composer_lock):
        with pytest.raises(ParseError):
            parse(unit, content)
