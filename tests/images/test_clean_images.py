"""Images with nothing wrong but what is true of them: no secret of anybody, no malware."""

import os
from pathlib import Path

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.model import Severity
from hullmark.model.finding import Kind
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from tests.images.build import make_image
from tests.images.engines import debian_root, run
from tests.roots import apk_root, deb_root, rpm_root

KEPT = os.environ.get("HULLMARK_TEST_CACHE", "")
TRUE_OF_DEBIAN = {
    "ageing-image",  # these images say that they are of January
    "missing-labels",
    "outdated-image",
    "package-manager-installed",
    "runs-as-root",
    "setgid-program",
    "setuid-program",
    "shell-installed",
}
SETUID = {"chfn", "chsh", "gpasswd", "mount", "newgrp", "passwd", "su", "umount"}
SETGID = {"chage", "expiry", "unix_chkpwd"}
ROOTS = {"deb": deb_root, "rpm": rpm_root, "apk": apk_root}


@pytest.fixture(scope="module")
def looking():
    """A scanner that looks at everything."""
    with Scanner(looking=Looking(secrets=True, malware=True, config=True)) as made:
        yield made


@pytest.fixture
def look(looking, tmp_path):
    def run(path):
        return looking.scan(*source_of(str(path)), Settings(folder=str(tmp_path / "cache")))

    return run


@pytest.mark.parametrize("suite", ["bookworm", "trixie", "bullseye"])
def test_of_a_debian_only_what_is_true_is_told(suite, request, look, tmp_path):
    own = getattr(request.config, "cache", None)
    folder = Path(KEPT) if KEPT or not own else Path(own.mkdir("hullmark-roots"))
    if not (
        KEPT or os.environ.get("HULLMARK_CI") == "1" or (folder / f"debian-{suite}.tar").exists()
    ):
        pytest.skip("made in CI, or where HULLMARK_TEST_CACHE names a folder to keep roots in")
    report = look(make_image(tmp_path, [debian_root(folder, suite).read_bytes()]))
    assert not report.gaps
    kinds = {each.kind for each in report.findings}
    assert kinds <= {Kind.SECRET, Kind.MISCONFIGURATION}
    for each in report.findings:
        if each.kind is Kind.SECRET:  # GnuTLS tests itself with keys that it publishes
            assert "libgnutls.so" in each.subject
            assert each.severity is Severity.INFO
            assert "published with package libgnutls30" in each.evidence.says
    told = [each for each in report.findings if each.kind is Kind.MISCONFIGURATION]
    assert {each.rule for each in told} <= TRUE_OF_DEBIAN
    for rule, programs in (("setuid-program", SETUID), ("setgid-program", SETGID)):
        found = {each.subject.rpartition("/")[2] for each in told if each.rule == rule}
        assert found <= programs
        assert found
    heavy = {each.rule for each in told if each.severity > Severity.LOW}
    assert heavy <= {"runs-as-root", "outdated-image"}


@pytest.mark.parametrize("kind", ROOTS)
def test_of_a_root_that_a_package_manager_made_only_its_configuration_is_told(kind, look, tmp_path):
    root = ROOTS[kind](tmp_path)
    packed = tmp_path / "root.tar"
    run("tar", "-C", root.path, "--sort=name", "--owner=0", "--group=0", "-cf", packed, ".")
    report = look(make_image(tmp_path, [packed.read_bytes()]))
    assert not report.gaps
    assert {each.rule for each in report.findings} <= {
        *TRUE_OF_DEBIAN,
        "missing-entrypoint",
        "wasted-space",
        *({"altered-packaged-file"} if kind == "apk" else ()),  # its sums are made up
    }
