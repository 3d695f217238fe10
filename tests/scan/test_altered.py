"""Files that differ from what their package shipped, however a layer brings them."""

from hashlib import md5

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.scan import Scanner, Settings
from hullmark.scan.altered import ALTERED
from hullmark.scan.facts import CONTENT
from hullmark.sieve.options import Looking
from tests.images.build import Hardlink, Program, Symlink, make_image

GOOD = Program(b"\x7fELF" + b"as shipped " * 40)
EVIL = Program(b"\x7fELF" + b"as changed " * 40)
DIGEST = md5(GOOD.content, usedforsecurity=False).hexdigest()
INSTALLED = [
    ("etc/debian_version", "12\n"),
    ("etc/os-release", 'ID=debian\nVERSION_ID="12"\n'),
    (
        "var/lib/dpkg/status",
        "Package: tool\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\n",
    ),
    ("var/lib/dpkg/info/tool.md5sums", f"{DIGEST}  usr/bin/tool\n"),
    ("bin", Symlink("usr/bin")),
    ("usr/bin/tool", GOOD),
]


@pytest.fixture(scope="module")
def eager():
    """A scanner that looks for malware."""
    with Scanner(looking=Looking(malware=True)) as made:
        yield made


def seen(scanner, layers, folder):
    target = make_image(folder, layers)
    settings = Settings(folder=str(folder / "cache"), use_cache=False)
    report = scanner.scan(*source_of(str(target)), settings)
    found = [each.evidence.path for each in report.findings if each.rule == ALTERED.id]
    return found, [each.subject for each in report.gaps if each.unit == CONTENT]


@pytest.mark.parametrize(
    "layer",
    [
        [("usr/bin/tool", EVIL)],
        [("usr/bin/tool", EVIL), (f"usr/bin/x\nmd5 {DIGEST} usr/bin/tool", EVIL)],
        [("usr/bin/x", EVIL), ("usr/bin/tool", Hardlink("usr/bin/x"))],
        [("usr/bin/tool", GOOD), ("usr/bin/x", EVIL), ("usr/bin/tool", Hardlink("usr/bin/x"))],
        [("etc/debian_version", "12\n"), ("etc/apk", "x"), ("usr/bin/tool", EVIL)],
        [("bin/tool", EVIL)],
    ],
    ids=["file", "name-of-two-lines", "hard-link", "replaced", "two-managers", "behind-a-link"],
)
def test_a_changed_program_is_told_however_it_comes(layer, eager, tmp_path):
    assert seen(eager, [INSTALLED, layer], tmp_path) == (["usr/bin/tool"], [])


@pytest.mark.parametrize(
    "layer",
    [
        [("etc/apk", "x"), ("usr/bin/tool", EVIL)],
        [("tmp/x", EVIL), ("usr/bin/tool", Hardlink("tmp/x"))],
    ],
    ids=["sums-of-another-manager", "hard-link-to-what-is-not-summed"],
)
def test_what_was_not_summed_as_its_package_sums_is_a_gap(layer, eager, tmp_path):
    assert seen(eager, [INSTALLED, layer], tmp_path) == ([], ["usr/bin/tool"])


@pytest.mark.parametrize(
    "layer",
    [
        [("usr/bin/x", GOOD), ("usr/bin/tool", Hardlink("usr/bin/x"))],
        [("usr/bin/tool", EVIL), ("usr/bin/tool", GOOD)],
        [("usr/bin/tool", EVIL), ("usr/bin/tool", Symlink("x"))],
    ],
    ids=["hard-link", "replaced", "replaced-by-a-link"],
)
def test_a_program_as_it_was_shipped_is_left_alone(layer, eager, tmp_path):
    assert seen(eager, [INSTALLED, layer], tmp_path) == ([], [])
