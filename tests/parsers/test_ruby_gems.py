"""Specifications and lock files that RubyGems and Bundler write."""

from glob import glob
from os import environ
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.gemfile_lock import MAX_LOCK_BYTES, gemfile_lock
from hullmark.parsers.gemspec import gemspec

SOURCE = """\
Gem::Specification.new do |s|
  s.name = 'tool'
  s.version = '1.2.3.pre1'
  s.summary = 'says "s.name = \\"other\\""'
  s.authors = ['A']
  s.files = []
  {extra}
end
"""


def parse(unit, content):
    data = content if isinstance(content, bytes) else content.encode()
    return list(unit.parse(File(path="x", content=data)))


def purls(unit, content):
    return [fact.purl for fact in parse(unit, content)]


@pytest.mark.skipif(which("gem") is None, reason="needs gem")
@pytest.mark.parametrize(
    ("extra", "purl", "licences"),
    [
        ("", "pkg:gem/tool@1.2.3.pre1", ()),
        ("s.license = 'MIT'", "pkg:gem/tool@1.2.3.pre1", ("MIT",)),
        ("s.licenses = ['MIT', 'Ruby']", "pkg:gem/tool@1.2.3.pre1", ("MIT", "Ruby")),
        ("s.platform = 'x86_64-linux'", "pkg:gem/tool@1.2.3.pre1?platform=x86_64-linux", ()),
    ],
)
def test_an_installed_gem_is_found(tmp_path, extra, purl, licences):
    (tmp_path / "tool.gemspec").write_text(SOURCE.replace("{extra}", extra))
    built = ["gem", "build", "-q", "-o", "tool.gem", "tool.gemspec"]
    run(built, cwd=tmp_path, check=True, capture_output=True)
    place = {**environ, "GEM_HOME": str(tmp_path / "home")}
    install = ["gem", "install", "-q", "--local", "--force", "--no-document", "tool.gem"]
    run(install, cwd=tmp_path, env=place, check=True, capture_output=True)
    (written,) = (tmp_path / "home/specifications").glob("*.gemspec")
    (package,) = parse(gemspec, written.read_bytes())
    assert package.purl == purl
    assert package.licences == licences


@pytest.mark.skipif(which("gem") is None, reason="needs gem")
def test_every_default_gem_is_found():
    command = ["ruby", "-e", "puts Gem.default_specifications_dir"]
    folder = run(command, capture_output=True, text=True, check=True).stdout.strip()
    paths = glob(f"{folder}/*.gemspec")
    assert paths
    for path in paths:
        with open(path, "rb") as file:
            (package,) = parse(gemspec, file.read())
        assert f"{package.name}-{package.version}.gemspec" in path


@pytest.mark.parametrize(
    "text", ["", "\0", "s.name = NAME\ns.version = VERSION\n", "s.name = 'a'\n"]
)
def test_a_specification_without_name_and_version_is_an_error(text):
    with pytest.raises(ParseError):
        parse(gemspec, text)


@pytest.mark.skipif(which("bundle") is None, reason="needs bundle")
def test_a_lock_written_by_bundler_is_read(tmp_path):
    source = SOURCE.replace("{extra}", "s.add_dependency 'rake'")
    (tmp_path / "tool.gemspec").write_text(source)
    (tmp_path / "Gemfile").write_text("gemspec\n")
    place = {**environ, "BUNDLE_PATH__SYSTEM": "true", "HOME": str(tmp_path)}
    command = ["bundle", "lock", "--local"]
    done = run(command, check=False, cwd=tmp_path, env=place, capture_output=True)
    if done.returncode:
        pytest.skip("needs the gem rake")
    tool, rake = parse(gemfile_lock, (tmp_path / "Gemfile.lock").read_bytes())
    assert tool.purl == "pkg:gem/tool@1.2.3.pre1"
    assert rake.purl.startswith("pkg:gem/rake@")
    assert tool.requires == (rake.purl,)
    assert (tool.direct, rake.direct) == (True, False)


def test_a_gem_needs_all_platforms_of_another():
    text = (
        "GEM\n  specs:\n    app (1.0)\n      lib (>= 1, < 3)\n      bundler\n"
        "    lib (2.0)\n    lib (2.0-java)\n\nDEPENDENCIES\n  app (= 1.0)\n"
    )
    app, ruby, java = parse(gemfile_lock, text)
    assert app.requires == (ruby.purl, java.purl)
    assert java.purl == "pkg:gem/lib@2.0?platform=java"
    assert (app.direct, java.direct) == (True, False)


def test_who_is_direct_is_unknown_without_the_section_of_dependencies():
    (package,) = parse(gemfile_lock, "GEM\n  specs:\n    a (1.0)\n")
    assert package.direct is None


def test_checksums_and_dependencies_are_no_gems():
    text = (
        "GEM\r\n  remote: https://rubygems.org/\r\n  specs:\r\n    a (1.0)\r\n      b (>= 1)\r\n"
        "\r\nDEPENDENCIES\r\n    c (1.0)\r\n\r\nCHECKSUMS\r\n    d (1.0) sha256=00\r\n"
    )
    assert purls(gemfile_lock, text) == ["pkg:gem/a@1.0"]


def test_a_bundle_without_gems_is_no_error():
    assert purls(gemfile_lock, "GEM\n  specs:\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n") == []
    assert purls(gemfile_lock, "") == []


@pytest.mark.parametrize(
    "text", ["\0\1", "[[package]]\n", "<html>", "GEM\n" + "\n" * MAX_LOCK_BYTES]
)
def test_a_lock_of_something_else_is_an_error(text):
    with pytest.raises(ParseError):
        purls(gemfile_lock, text)
