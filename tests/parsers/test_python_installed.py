"""What pip, setuptools and conda leave behind of where a distribution is from."""

from io import BytesIO
from json import dumps
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.conda_meta import conda_meta
from hullmark.parsers.python_egg import python_egg
from hullmark.parsers.python_metadata import python_metadata
from tests.parsers.test_python_locks import attempt, wheel

METADATA = b"Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nLicense: MIT\n\n"


def installed(origin, unit=python_metadata):
    content = origin if isinstance(origin, bytes) else dumps(origin).encode()
    beside = {"direct_url.json": File(path="demo.dist-info/direct_url.json", content=content)}
    return unit.parse(File(path="demo.dist-info/METADATA", content=METADATA, beside=beside))


def test_what_pip_installed_from_an_address_is_named_with_it(tmp_path, scan):
    demo = wheel(tmp_path / "wheels", "demo", "1.0")
    root = tmp_path / "root"
    attempt("pip", "install", "--no-index", "--target", str(root), demo.as_uri(), cwd=tmp_path)
    (package,) = scan(f"dir:{root}").packages
    assert package.purl == f"pkg:pypi/demo@1.0?download_url={demo.as_uri()}"


def test_a_repository_is_named_with_its_commit_and_a_folder_not_at_all():
    git = {"vcs": "git", "commit_id": "0f1e", "requested_revision": "main"}
    (package,) = installed({"url": "https://code.example/demo", "vcs_info": git})
    assert package.purl == "pkg:pypi/demo@1.0?vcs_url=git%2Bhttps://code.example/demo%400f1e"
    (package,) = installed({"url": "https://code.example/demo.tgz", "archive_info": {}})
    assert package.purl == "pkg:pypi/demo@1.0?download_url=https://code.example/demo.tgz"
    (package,) = installed({"url": "file:///build/demo", "dir_info": {"editable": True}})
    assert package.purl == "pkg:pypi/demo@1.0"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"url": 1}', b'{"url": "x", "vcs_info": {}}'])
def test_an_origin_that_cannot_be_read_is_an_error_after_the_package(content):
    facts = installed(content)
    assert next(iter(facts)).purl == "pkg:pypi/demo@1.0"
    with pytest.raises(ParseError, match=r"METADATA: direct_url\.json beside it"):
        list(facts)


def egg(files, compression=ZIP_DEFLATED):
    packed = BytesIO()
    with ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return File(path="lib/demo-1.0-py3.11.egg", content=packed.getvalue())


@pytest.mark.parametrize("compression", [ZIP_DEFLATED, ZIP_STORED])
def test_an_egg_is_named_by_the_metadata_inside(compression):
    files = {"demo/EGG-INFO/PKG-INFO": b"Name: x\n", "EGG-INFO/PKG-INFO": METADATA, "demo.py": b""}
    (package,) = python_egg.parse(egg(files, compression))
    assert (package.purl, package.licences) == ("pkg:pypi/demo@1.0", ("MIT",))
    assert package.path == "lib/demo-1.0-py3.11.egg"


def test_an_egg_without_metadata_is_an_error():
    with pytest.raises(ParseError, match="no EGG-INFO/PKG-INFO"):
        list(python_egg.parse(egg({"demo.py": b""})))
    with pytest.raises(ParseError, match="not a zip archive"):
        list(python_egg.parse(File(path="demo.egg", content=b"\0")))


def conda(**fields):
    record = {"name": "demo", "version": "1.0", **fields}
    path = "opt/conda/conda-meta/demo-1.0-0.json"
    return list(conda_meta.parse(File(path=path, content=dumps(record).encode())))


@pytest.mark.parametrize(
    ("fields", "qualifiers"),
    [
        ({}, ""),
        ({"build": "py311_0", "channel": "conda-forge"}, "?build=py311_0&channel=conda-forge"),
        (
            {"channel": "https://conda.example/pkgs/main/linux-64", "subdir": "linux-64"},
            "?channel=main&subdir=linux-64",
        ),
        ({"channel": "https://conda.example/conda-forge/"}, "?channel=conda-forge"),
        ({"fn": "demo-1.0-0.tar.bz2"}, "?type=tar.bz2"),
        ({"fn": "demo-1.0-0.conda", "subdir": "noarch"}, "?subdir=noarch&type=conda"),
        ({"fn": 1, "channel": None, "build": [], "license": {}}, ""),
    ],
)
def test_a_record_of_conda_names_build_and_channel(fields, qualifiers):
    (package,) = conda(**fields)
    assert package.purl == f"pkg:conda/demo@1.0{qualifiers}"
    assert not package.declared


@pytest.mark.parametrize(
    ("fields", "direct"),
    [
        ({}, None),
        ({"requested_spec": "None"}, False),
        ({"requested_spec": ""}, False),
        ({"requested_spec": "demo>=1"}, True),
        ({"requested_specs": []}, False),
        ({"requested_specs": ["demo"], "requested_spec": ""}, True),
    ],
)
def test_a_record_of_conda_may_tell_that_somebody_asked_for_it(fields, direct):
    (package,) = conda(**fields, license="BSD 3-Clause")
    assert (package.direct, package.licences) == (direct, ("BSD-3-Clause",))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"name": " ", "version": "1"}'])
def test_a_record_that_names_no_package_is_an_error(content):
    with pytest.raises(ParseError):
        list(conda_meta.parse(File(path="conda-meta/a.json", content=content)))
