"""Installed Python distributions."""

from importlib.metadata import distributions
from pathlib import Path

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.python_metadata import MAX_HEADER_BYTES, python_metadata
from hullmark.scan.dispatch import Claim, Dispatch


def parsed(text, path="demo-1.dist-info/METADATA"):
    content = text if isinstance(text, bytes) else text.encode()
    return list(python_metadata.parse(File(path=path, content=content)))


def licences(*lines):
    (package,) = parsed("\n".join(["Name: demo", "Version: 1", *lines]) + "\n\n")
    return package.licences


def test_every_distribution_of_this_environment_is_named_as_the_standard_library_names_it():
    seen = 0
    for installed in distributions():
        metadata = Path(str(installed._path), "METADATA")
        if metadata.is_file():
            (package,) = parsed(metadata.read_bytes(), str(metadata).lstrip("/"))
            assert (package.name, package.version) == (installed.name, installed.version)
            assert not package.declared
            seen += 1
    assert seen > 5


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("usr/lib/python3/dist-packages/a-1.dist-info/METADATA", True),
        ("a-1.dist-info/METADATA", True),
        ("opt/a.egg-info/PKG-INFO", True),
        ("opt/a-1-py3.11.egg/EGG-INFO/PKG-INFO", True),
        ("usr/lib/python3/dist-packages/a-1.egg-info", True),
        ("usr/share/METADATA", False),
        ("usr/share/PKG-INFO", False),
    ],
)
def test_only_metadata_of_distributions_is_claimed(path, claimed):
    claim = Claim(id="python-metadata", version=1, names=python_metadata.names)
    assert bool(Dispatch([claim]).units(path)) == claimed


def test_licence_expression_wins_over_classifiers_and_these_over_free_text():
    expression = "License-Expression: MIT OR Apache-2.0"
    classifier = "Classifier: License :: OSI Approved :: MIT License"
    assert licences("License: BSD-3-Clause", classifier, expression) == ("MIT OR Apache-2.0",)
    assert licences("License: BSD-3-Clause", classifier) == ("MIT",)
    assert licences("License: BSD-3-Clause") == ("BSD-3-Clause",)
    assert licences("License: BSD-3-Clause", "Classifier: License :: OSI Approved") == (
        "BSD-3-Clause",
    )
    assert licences("License: UNKNOWN", "Classifier: Topic :: Internet") == ()


def test_folded_lines_belong_to_the_field_above():
    (package,) = parsed(
        "Metadata-Version: 1.1\nname: demo\nDescription: long\n        Version: 7\n\n"
        "Version: 8\n".replace("Description", "Version: 1.0\nDescription")
    )
    assert (package.name, package.version) == ("demo", "1.0")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_after_the_header_is_read(end):
    text = f"Name: demo{end}Version: 1{end}{end}Name: other{end}License: MIT{end}"
    (package,) = parsed(text)
    assert package.purl == "pkg:pypi/demo@1"
    assert package.licences == ()


def test_a_flat_file_without_a_body_is_a_header():
    (package,) = parsed("Metadata-Version: 1.0\nName: Foo_Bar\nVersion: 1.0+local", "F.egg-info")
    assert package.purl == "pkg:pypi/foo-bar@1.0%2Blocal"


@pytest.mark.parametrize("content", [b"", b"\0" * 99, b"Version: 1\n\nName: x\n", b"Name:  \n"])
def test_a_file_that_names_no_distribution_is_an_error(content):
    with pytest.raises(ParseError, match="no Name"):
        parsed(content)


def test_what_is_missing_is_told_after_what_is_there():
    without = python_metadata.parse(File(path="x.egg-info", content=b"Name: demo\n\n"))
    assert next(iter(without)).purl == "pkg:pypi/demo"
    with pytest.raises(ParseError, match="no Version"):
        list(without)
    endless = b"Name: demo\nVersion: 1\n" + b"X: y\n" * (MAX_HEADER_BYTES // 4)
    facts = python_metadata.parse(File(path="x.egg-info", content=endless))
    assert next(iter(facts)).purl == "pkg:pypi/demo@1"
    with pytest.raises(ParseError, match="header longer"):
        list(facts)
