"""What Composer installs and locks."""

from json import dumps
from os import environ
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.composer_installed import composer_installed
from hullmark.parsers.composer_lock import composer_lock


def parse(unit, content):
    data = content if isinstance(content, bytes) else dumps(content).encode()
    return list(unit.parse(File(path="x", content=data)))


def purls(unit, content):
    return [fact.purl for fact in parse(unit, content)]


@pytest.mark.skipif(which("composer") is None, reason="needs composer")
def test_a_project_installed_by_composer_is_found(tmp_path):
    for name in ("log", "unit"):
        (tmp_path / "packages" / name).mkdir(parents=True)
        package = {"name": f"example/{name}", "version": "v1.2.3", "license": ["MIT", "ISC"]}
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
    both = ["pkg:composer/example/log@v1.2.3", "pkg:composer/example/unit@v1.2.3"]
    assert purls(composer_lock, (project / "composer.lock").read_bytes()) == both
    installed = (project / "vendor/composer/installed.json").read_bytes()
    assert purls(composer_installed, installed) == both
    assert parse(composer_installed, installed)[0].licences == ("MIT OR ISC",)


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
