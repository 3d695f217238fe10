"""An image of some seventy layers with a fault in each: all are found, no secret is repeated."""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

import pytest

import hullmark.checks.files
import hullmark.formats
from hullmark.apps.cli.target import source_of
from hullmark.checks.kinds import FileCheck
from hullmark.model import Report
from hullmark.scan import Scanner, Settings
from hullmark.scan.spots import HIDDEN
from hullmark.sieve.options import Looking
from hullmark.unit import Format, discover, load
from tests.images.build import (
    STATUS,
    Documents,
    Members,
    Program,
    os_release,
    status,
    tagged,
    write_layout,
)
from tests.images.planting import CONFIG, FILES, Planted, configure, files, planted

FORMATS = discover(hullmark.formats, Format)


class Made(NamedTuple):
    """The report of the planted image, what was planted in which layer, and its secrets."""

    report: Report
    again: Report
    planted: Sequence[tuple[Planted, int]]
    files: Sequence[tuple[str, int]]
    values: Sequence[str]
    cache: Sequence[bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("planted")
    faults, values = planted()
    layers: list[Members | bytes] = []
    where = []
    for fault in faults:
        where.append((fault, len(layers)))
        layers.append(fault.layer)
        if fault.later:
            layers.append(fault.later)
    checks = []
    for rule, layer in files():
        checks.append((rule, len(layers)))
        layers.append(layer)
    image = Documents(layers, "gzip")
    values += configure(image)
    path = write_layout(folder / "image", image.blobs, image.manifest(**tagged("latest")))
    cache = folder / "cache"
    look = Looking(secrets=True, malware=True, config=True, folder=str(cache))
    settings = Settings(folder=str(cache))
    with Scanner(looking=look) as scanner:
        source, rest = source_of(str(path))
        reports = [scanner.scan(source, rest, settings) for _ in range(2)]
    stored = [each.read_bytes() for each in cache.rglob("*") if each.is_file()]
    return Made(reports[0], reports[1], where, checks, values, stored)


def told(made: Made) -> dict[tuple[str, str, int], str]:
    """What each finding says, by rule, path and number of the layer."""
    layers = made.report.artifact.layers
    numbers: dict[str, int] = {layer.diff_id: number for number, layer in enumerate(layers)}
    return {
        (each.rule, each.evidence.path, numbers.get(each.evidence.layer, -1)): each.evidence.says
        for each in made.report.findings
    }


def test_everything_planted_is_found_in_its_layer(made):
    found = told(made)
    assert len(made.report.artifact.layers) > 60
    for fault, number in made.planted:
        if fault.rule:
            says = found.get((fault.rule, fault.path, number))
            assert says is not None, fault[:2]
            assert (HIDDEN in says) is bool(fault.later), fault[:2]


def test_every_fault_of_a_file_is_found_in_its_layer(made):
    """A later layer may hold the same file: then the fault of the earlier one is no more."""
    found = {(rule, number) for rule, _, number in told(made)}
    checks = {rule: load(hullmark.checks.files, FileCheck, rule) for rule in FILES}
    paths = {rule: check.bad()[0].path for rule, check in checks.items() if check}
    uppermost = {paths[rule]: rule for rule, _ in made.files}
    stay = [(rule, number) for rule, number in made.files if uppermost[paths[rule]] == rule]
    assert len(stay) >= 20
    assert set(stay) <= found


def test_every_fault_of_the_configuration_is_found(made):
    found = {(each.rule, each.evidence.path) for each in made.report.findings}
    for rule, text in CONFIG.items():
        assert (rule, f"image configuration: {text}" if text else "") in found, rule


def test_nothing_was_left_out(made):
    assert not made.report.gaps
    assert made.again == made.report


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_repeats_a_secret(form, made):
    text = "".join(FORMATS[form].render(made.report))
    for value in made.values:
        for said in (value, json.dumps(value)[1:-1], value.replace("\n", " ")):
            assert said not in text, f"{said[:4]}..."


def test_the_cache_holds_no_secret(made):
    assert made.cache
    for value in made.values:
        assert not any(value.encode() in each for each in made.cache), f"{value[:4]}..."


def sums_of_dpkg(program: bytes) -> Members:
    """A Debian that says what a program of it is."""
    md5 = hashlib.md5(program, usedforsecurity=False).hexdigest()
    return [
        *os_release(),
        (STATUS, status("tool@1")),
        ("var/lib/dpkg/info/tool.list", "/.\n/usr/bin/tool\n"),
        ("var/lib/dpkg/info/tool.md5sums", f"{md5}  usr/bin/tool\n"),
        ("usr/bin/tool", Program(program)),
    ]


def sums_of_apk(program: bytes) -> Members:
    """An Alpine that says what a program of it is."""
    sha1 = hashlib.sha1(program, usedforsecurity=False).digest()
    lines = (
        "P:tool\nV:1-r0\nA:x86_64\nL:MIT\no:tool\nF:usr/bin\nR:tool\na:0:0:755\n"
        f"Z:Q1{base64.b64encode(sha1).decode()}\n\n"
    )
    return [
        ("etc/os-release", "ID=alpine\nVERSION_ID=3.20.3\n"),
        ("lib/apk/db/installed", lines),
        ("usr/bin/tool", Program(program)),
    ]


@pytest.mark.parametrize("base", [sums_of_dpkg, sums_of_apk])
def test_a_packaged_program_that_a_layer_changes_is_told_in_that_layer(base, tmp_path):
    program = b"\x7fELF" + bytes(200)
    image = Documents([base(program), [("usr/bin/tool", Program(program + b"!"))]])
    path = write_layout(tmp_path / "image", image.blobs, image.manifest(**tagged("latest")))
    sound = Documents([base(program)])
    other = write_layout(tmp_path / "sound", sound.blobs, sound.manifest(**tagged("latest")))
    with Scanner(looking=Looking(malware=True)) as scanner:
        source, rest = source_of(str(path))
        settings = Settings(folder=str(tmp_path / "cache"))
        report = scanner.scan(source, rest, settings)
        clean = scanner.scan(*source_of(str(other)), settings)
    [finding] = [each for each in report.findings if each.rule == "altered-packaged-file"]
    assert finding.evidence.path == "usr/bin/tool"
    assert finding.evidence.layer == report.artifact.layers[1].diff_id
    assert "package tool shipped" in finding.evidence.says
    assert not [each for each in clean.findings if each.rule == "altered-packaged-file"]
