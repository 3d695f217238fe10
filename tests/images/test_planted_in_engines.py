"""One image with faults, by way of every engine and registry: the same findings from all."""

import re
import shutil
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.model import Report
from hullmark.scan import Scanner, Settings
from hullmark.scan.spots import HIDDEN
from hullmark.sieve.options import Looking
from tests.images.build import Documents, Members, tagged, write_layout
from tests.images.engines import Podman, docker_daemon, run
from tests.images.planting import FILES, configure, drawn, files, planted
from tests.roots import needs
from tests.sources.test_daemons import service
from tests.sources.test_registry_real import push, served

NAME = "team/planted:1"
LARGE = "gitlab-runner-token"
"""Planted in a file of 66 MB, which engines would copy for every layer above it."""

OF_NAMES = ("latest-tag", "missing-tag", "lookalike-name")
"""Rules about the name under which an image is scanned, which differs."""

Told = set[tuple[str, str, int, bool]]
"""Rule, path, number of the layer, and whether the file is hidden."""


def told(report: Report) -> Told:
    """What a report says, without what is of a form alone."""
    layers = report.artifact.layers
    numbers: dict[str, int] = {layer.diff_id: number for number, layer in enumerate(layers)}
    return {
        (each.rule, at.path, numbers.get(at.layer, -1), HIDDEN in at.says)
        for each in report.findings
        for at in (each.evidence,)
        if each.rule not in OF_NAMES
    }


def faulty() -> Documents:
    """An image of some ten layers: what is hidden, linked and packed is in them."""
    faults = [each for each in planted()[0] if each.rule != LARGE]
    stays: list[Members] = [each.layer for each in faults if not each.later]
    goes: list[Members] = [each.layer for each in faults if each.later]
    gone: list[Members] = [each.later for each in faults if each.later]
    merged = [[member for layer in each for member in layer] for each in (stays, goes, gone)]
    checks = [layer for rule, layer in files() if rule in FILES[:8]]
    image = Documents([*merged, *checks], "gzip")
    configure(image)
    return image


@pytest.fixture(scope="module")
def short():
    """A folder of short name: sockets end at 108 characters, podman's folders at 50."""
    with TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def eager(short):
    """A scanner that looks at everything."""
    looking = Looking(secrets=True, malware=True, config=True, folder=str(short))
    with Scanner(looking=looking) as made:
        yield made


@pytest.fixture(scope="module")
def layout(short):
    """The image as it was made."""
    image = faulty()
    return write_layout(short / "image", image.blobs, image.manifest(**tagged("1")))


@pytest.fixture(scope="module")
def docker(short):
    """A Docker daemon of our own, and how it is called."""
    with docker_daemon(short / "docker") as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCKER_HOST", address)
        yield lambda *command: run("docker", "--host", address, *command, DOCKER_BUILDKIT="0")


@pytest.fixture(scope="module")
def saved(docker, layout, short):
    """What docker saves of the image, which skopeo turned into what docker loads."""
    needs("skopeo")
    given, saved = short / "given.tar", short / "saved.tar"
    run("skopeo", "copy", "-q", f"oci:{layout}:1", f"docker-archive:{given}:{NAME}")
    docker("load", "-i", given)
    docker("save", "-o", saved, NAME)
    return saved


@pytest.fixture
def target(request, short, layout, saved, monkeypatch):
    """The image in one form; what serves it is gone after the test."""
    with ExitStack() as closing_after:
        yield MADE[request.param](short, layout, saved, closing_after, monkeypatch)


def by_skopeo(short, _layout, saved, _closing, _patch):
    run("skopeo", "copy", "-q", f"docker-archive:{saved}", f"oci:{short}/copy:1")
    return f"oci:{short}/copy:1"


def by_podman(short, _layout, saved, closing_after, patch):
    podman = closing_after.enter_context(closing(Podman(short)))
    podman("load", "-i", saved)
    address = short / "socket"
    closing_after.enter_context(service(podman, address))
    patch.setenv("CONTAINER_HOST", f"unix://{address}")
    return f"podman:{NAME}"


def by_registry(short, layout, _saved, closing_after, _patch):
    needs("docker-registry", "skopeo")
    host = closing_after.enter_context(served(short))
    push(short, layout, host)
    return f"{host}/org/app:1"


MADE = {
    "docker save": lambda _short, _layout, saved, *_: f"archive:{saved}",
    "skopeo": by_skopeo,
    "docker": lambda *_: f"docker:{NAME}",
    "podman": by_podman,
    "registry": by_registry,
}


def scanned(scanner: Scanner, target: str, folder: Path) -> Report:
    """The report of a target, which has no gap."""
    report = scanner.scan(*source_of(target), Settings(folder=str(folder), use_cache=False))
    assert not report.gaps
    return report


@pytest.mark.parametrize("target", MADE, indirect=True)
def test_the_same_is_found_whatever_brings_the_image(target, layout, eager, short):
    here = told(scanned(eager, f"oci:{layout}:1", short / "c"))
    assert len(here) > 50
    assert sum(hidden for *_, hidden in here) > 8
    assert told(scanned(eager, target, short / "c")) == here


DOCKERFILE = """\
FROM scratch
LABEL org.example.token={label}
ENV DB_PASSWORD=Zq8vT2xLw9Kp3
COPY root /
COPY key /root/.ssh/id_rsa
RUN rm /root/.ssh/id_rsa
ADD app.env /srv/app/.env
COPY twice /srv/
RUN chmod 4755 /usr/local/bin/tool
EXPOSE 22
USER root
CMD ["/bin/sh"]
"""
BUILT = {
    ("rsa-private-key", "root/.ssh/id_rsa", True),
    ("github-token", "srv/app/.env", False),
    ("npm-token", "srv/token.txt", False),
    ("gitlab-token", "image configuration: labels", False),
    ("secret-in-environment", "", False),
    ("runs-as-root", "", False),
    ("no-healthcheck", "", False),
    ("ssh-port-exposed", "", False),
    ("unusual-setuid-program", "usr/local/bin/tool", False),
}
"""What the file above does wrong: rule, path, whether a later layer hides it."""


def shell(root: Path) -> None:
    """A root in which ``sh``, ``rm`` and ``chmod`` of this machine run."""
    for name in ("sh", "rm", "chmod"):
        program = shutil.which(name)
        assert program, name
        for file in (program, *re.findall(r"/\S+", run("ldd", program).partition("\n")[2])):
            copy = root / (f"bin/{name}" if file == program else file.lstrip("/"))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)


@pytest.fixture(scope="module")
def built(docker, short) -> str:
    """An image that docker built of the file above."""
    folder = short / "context"
    shell(folder / "root")
    tool = folder / "root/usr/local/bin/tool"
    tool.parent.mkdir(parents=True)
    tool.write_bytes((folder / "root/bin/rm").read_bytes())
    (folder / "key").write_text(drawn("rsa-private-key", 7)[0])
    (folder / "app.env").write_text(f"{drawn('github-token', 7)[0]}\n")
    (folder / "twice").mkdir()
    (folder / "twice/token.txt").write_text(f"{drawn('npm-token', 7)[0]}\n")
    said = DOCKERFILE.format(label=drawn("gitlab-token", 7)[1])
    (folder / "Dockerfile").write_text(said)
    docker("build", "--network=none", "-t", "team/built:1", folder)
    return "team/built:1"


def test_what_a_dockerfile_does_wrong_is_found_in_what_docker_builds(built, docker, eager, short):
    docker("save", "-o", short / "built.tar", built)
    reports = [
        scanned(eager, target, short / "c")
        for target in (f"docker:{built}", f"archive:{short}/built.tar")
    ]
    assert told(reports[0]) == told(reports[1])
    found = {(rule, path, hidden) for rule, path, _, hidden in told(reports[0])}
    assert found >= BUILT, BUILT - found
    copied = {each.evidence.layer for each in reports[0].findings if each.rule == "rsa-private-key"}
    [layer] = [each for each in reports[0].artifact.layers if each.diff_id in copied]
    assert "COPY" in layer.command
    assert "id_rsa" in layer.command
