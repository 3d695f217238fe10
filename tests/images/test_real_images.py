"""Images that Debian's and the engines' own tools made: the same packages from every form."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from packageurl import PackageURL

from hullmark.apps.cli.target import source_of
from hullmark.integrity import Verifier
from hullmark.model import LayerState
from tests.images.build import FORMS, make_image
from tests.images.engines import Podman, debian_root, docker_daemon, dpkg_says, run
from tests.roots import apk_root, deb_root, needs, rpm_root

RELEASES = {"bullseye": "11", "bookworm": "12", "trixie": "13"}
KEPT = os.environ.get("HULLMARK_TEST_CACHE", "")
EVERYTHING = bool(KEPT) or os.environ.get("HULLMARK_CI") == "1"
QUICK = ("docker save", "skopeo oci", "podman oci-archive")
"""Forms that are made in every run, of bookworm; others take a minute for each release."""

DOCKERFILE = """\
FROM hullmark-test-root
COPY app /srv/app
COPY --chown=1000 tool /usr/local/bin/tool
LABEL org.example.is=test
COPY later /srv/app/node_modules/left
"""


@pytest.fixture(scope="session")
def roots(request, tmp_path_factory) -> Path:
    """Where made roots are kept: HULLMARK_TEST_CACHE, or pytest's own cache."""
    if KEPT:
        return Path(KEPT)
    own = getattr(request.config, "cache", None)
    return Path(own.mkdir("hullmark-roots")) if own else Path(tmp_path_factory.mktemp("roots"))


@pytest.fixture(scope="session")
def docker(tmp_path_factory):
    """Call docker with a daemon of our own."""
    with docker_daemon(tmp_path_factory.mktemp("docker")) as address:
        yield lambda *command: run("docker", "--host", address, *command, DOCKER_BUILDKIT="0")


@pytest.fixture(scope="session")
def podman(tmp_path_factory):
    """podman with a store of our own."""
    with closing(Podman(tmp_path_factory.mktemp("podman"))) as made:
        yield made


class Saved(NamedTuple):
    """One image in docker's form, and what dpkg says is in it."""

    suite: str
    archive: Path
    packages: set[tuple[str, ...]]


@pytest.fixture(scope="session")
def saved(docker, roots, tmp_path_factory) -> Callable[[str], Saved]:
    """Make the image of a suite, once."""

    @cache
    def of(suite: str) -> Saved:
        return build(suite, debian_root(roots, suite), docker, tmp_path_factory)

    return of


def build(suite, root, docker, tmp_path_factory) -> Saved:
    """An image of a Debian with three small layers on it, built and saved by docker."""
    folder = tmp_path_factory.mktemp(f"saved-{suite}")
    for name, version in (("left", "1.0.0"), ("right", "2.0.0")):
        manifest = folder / "app/node_modules" / name / "package.json"
        manifest.parent.mkdir(parents=True)
        manifest.write_text(json.dumps({"name": name, "version": version, "license": "MIT"}))
    (folder / "later").mkdir()
    newer = {"name": "left", "version": "1.0.1", "license": "MIT"}
    (folder / "later/package.json").write_text(json.dumps(newer))
    (folder / "tool").write_text("#!/bin/sh\n")
    (folder / "Dockerfile").write_text(DOCKERFILE)
    docker("import", root, "hullmark-test-root")
    docker("build", "-t", f"hullmark/test:{suite}", folder)
    archive = folder / "image.tar"
    docker("save", "-o", archive, f"hullmark/test:{suite}")
    docker("rmi", f"hullmark/test:{suite}", "hullmark-test-root")
    return Saved(suite, archive, dpkg_says(root, folder / "dpkg"))


def compress(tool):
    def make(saved, folder):
        path = folder / f"image.tar.{tool}"
        with path.open("wb") as file:
            subprocess.run([tool, "-c", "-1", saved.archive], stdout=file, check=True)
        return path

    return make


def skopeo(transport, *options):
    def make(saved, folder):
        needs("skopeo")
        path = folder / "copy"
        tag = ":hullmark/test:1" if transport == "docker-archive" else ":latest"
        run(
            "skopeo",
            "copy",
            *options,
            f"docker-archive:{saved.archive}",
            f"{transport}:{path}{tag}",
        )
        return path

    return make


def podman_save(form):
    def make(saved, folder, podman):
        path = folder / "podman.tar"
        podman("load", "-i", saved.archive)
        podman("save", "--format", form, "-o", path, f"hullmark/test:{saved.suite}")
        podman("rmi", f"hullmark/test:{saved.suite}")
        return path

    return make


MADE = {
    "docker save": lambda saved, _: saved.archive,
    "docker save and gzip": compress("gzip"),
    "docker save and zstd": compress("zstd"),
    "skopeo oci": skopeo("oci"),
    "skopeo oci, zstd": skopeo("oci", "--dest-compress-format", "zstd"),
    "skopeo oci-archive": skopeo("oci-archive"),
    "skopeo docker-archive": skopeo("docker-archive"),
    "podman docker-archive": podman_save("docker-archive"),
    "podman oci-archive": podman_save("oci-archive"),
}


CASES = [
    *(("bookworm", form) for form in MADE),
    *(
        (suite, form)
        for suite in ("bullseye", "trixie")
        for form in ("docker save", "skopeo oci, zstd")
    ),
]


class Target(NamedTuple):
    """A saved image in one of the forms that tools write."""

    path: Path
    saved: Saved


@pytest.fixture(scope="session", params=CASES, ids=" ".join)
def target(request, tmp_path_factory) -> Iterator[Target]:
    """An image as a user would have it, gone after its tests."""
    suite, form = request.param
    if not EVERYTHING and (suite, form) not in [("bookworm", quick) for quick in QUICK]:
        pytest.skip("made in CI, or where HULLMARK_TEST_CACHE names a folder to keep roots in")
    saved = request.getfixturevalue("saved")(suite)
    more = [request.getfixturevalue("podman")] if form.startswith("podman") else []
    folder = tmp_path_factory.mktemp("form")
    yield Target(MADE[form](saved, folder, *more), saved)
    shutil.rmtree(folder)


def system(report):
    """What a report says of dpkg's packages, as dpkg-query says it."""
    return {
        (each.name, each.version, each.qualifiers["arch"], each.source, each.source_version)
        for each in report.packages
        if each.type == "deb"
    }


def test_every_form_of_a_debian_image_holds_what_dpkg_says(target, scan):
    report, saved = scan(target.path), target.saved
    assert system(report) == saved.packages
    assert len(saved.packages) > 60
    assert report.distribution is not None
    assert (report.distribution.id, report.distribution.version) == (
        "debian",
        RELEASES[saved.suite],
    )
    assert not report.findings
    assert not report.gaps
    numbers = {layer.diff_id: number for number, layer in enumerate(report.artifact.layers)}
    brought = {
        (each.type, each.name, each.version, numbers[each.layer])
        for each in report.packages
        if each.type != "deb"
    }
    assert brought == {("npm", "left", "1.0.1", 3), ("npm", "right", "2.0.0", 1)}
    assert {numbers[each.layer] for each in report.packages if each.type == "deb"} == {0}
    assert all(layer.state is LayerState.SELF for layer in report.artifact.layers)
    assert all(layer.command for layer in report.artifact.layers[1:])
    for each in report.packages:
        assert PackageURL.from_string(each.purl).to_string() == each.purl
    # libcom-err2 and libss2 of bullseye are under a text that has no name.
    assert sum(not each.licences for each in report.packages) <= 2


def test_every_digest_of_every_form_holds(target, tmp_path):
    source, rest = source_of(str(target.path))
    with Verifier() as verifier:
        checked = verifier.measure(source, rest, folder=str(tmp_path / "cache"))
    checked.hold()
    assert len(checked.layers) == 4


@pytest.mark.parametrize("target", [("bookworm", "skopeo oci")], indirect=True, ids=" ".join)
def test_the_unpacked_image_holds_the_same(target, scan, tmp_path):
    """By umoci, into a folder: the reader of trees is held against the reader of layers."""
    needs("umoci")
    root = tmp_path / "root"
    run("umoci", "raw", "unpack", "--image", f"{target.path}:latest", root)
    image, tree = scan(target.path), scan(root, declared=False)
    shutil.rmtree(root)
    assert tree.distribution == image.distribution
    assert {(each.purl, each.path, each.licences) for each in tree.packages} == {
        (each.purl, each.path, each.licences) for each in image.packages
    }
    assert not tree.gaps


ROOTS = {"deb": deb_root, "rpm": rpm_root, "apk": apk_root}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ROOTS)
def test_every_package_manager_is_read_from_every_form(kind, form, scan, tmp_path):
    root = ROOTS[kind](tmp_path)
    packed = tmp_path / "root.tar"
    run("tar", "-C", root.path, "--sort=name", "-cf", packed, ".")
    layers = [packed.read_bytes(), [("srv/empty", "")]]
    compression = "gzip" if form in ("oci", "archive") else "none"
    image = make_image(tmp_path, layers, form=form, compression=compression)
    report, tree = scan(image), scan(root.path, declared=False)
    for each in (report, tree):
        found = [package for package in each.packages if package.type == kind]
        assert sorted(f"{package.name}@{package.version}" for package in found) == root.packages
        assert not each.gaps
    assert {package.layer for package in report.packages} == {report.artifact.layers[0].diff_id}
    assert {package.purl for package in report.packages} == {
        package.purl for package in tree.packages
    }
