"""Environment files of conda."""

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.conda_environment import MAX_FILE_BYTES, conda_environment


def facts(text):
    content = text if isinstance(text, bytes) else text.encode()
    return conda_environment.parse(File(path="environment.yml", content=content))


def purls(*dependencies):
    text = "dependencies:\n" + "".join(f"- {each}\n" for each in dependencies)
    return [package.purl.removeprefix("pkg:conda/") for package in facts(text)]


@pytest.mark.parametrize(
    ("line", "pinned"),
    [
        ("demo=1.0", "demo@1.0"),
        ("demo==1.0", "demo@1.0"),
        ("demo == 1.0", "demo@1.0"),
        ("Demo=1.0=py311_0", "demo@1.0?build=py311_0"),
        ("_libgcc_mutex=0.1=main", "_libgcc_mutex@0.1?build=main"),
        ("tzdata=2024a", "tzdata@2024a"),
        ("x264=1!161.3030=h0", "x264@1%21161.3030?build=h0"),
        ("conda-forge::demo=1.0", "demo@1.0?channel=conda-forge"),
        ("conda-forge/linux-64::demo==1.0", "demo@1.0?channel=conda-forge"),
        ("demo=1.0 # why", "demo@1.0"),
        ("'demo=1.0[build=py_0]'", "demo@1.0"),
    ],
)
def test_an_exact_specification_is_a_package(line, pinned):
    assert purls(line) == [pinned]


@pytest.mark.parametrize(
    "line",
    [
        "demo",
        "demo>=1.0",
        "demo >=1.0,<2",
        "demo=1.*",
        "demo=1.0.*",
        "demo==1.0|2.0",
        "demo 1.0.*",
        "demo!=1.0",
        "conda-forge::demo",
        "'demo[version=1.0]'",
    ],
)
def test_what_leaves_the_version_open_is_no_package(line):
    assert purls(line) == []


def test_what_pip_is_told_is_read_as_requirements_are():
    (package,) = facts(
        "dependencies:\n- pip\n- pip:\n  - -r other.txt\n  - demo[x]==1.0\n  - leaf\n"
    )
    assert package.purl == "pkg:pypi/demo@1.0"
    assert package.declared


@pytest.mark.parametrize("text", ["", "name: app\n", "dependencies:\n", "kind: Environment\n"])
def test_a_file_that_asks_conda_for_nothing_tells_nothing(text):
    assert list(facts(text or "{}")) == []


@pytest.mark.parametrize("line", ["[a]", "{npm: [a]}", "7", "'$x'", "pip: [Install these first]"])
def test_a_strange_line_is_an_error_after_all_that_is_read(line):
    found = facts(f"dependencies:\n- {line}\n- demo=1.0\n")
    assert next(iter(found)).purl == "pkg:conda/demo@1.0"
    with pytest.raises(ParseError, match="is no requirement"):
        list(found)


@pytest.mark.parametrize("content", [b"\0", b"[]", b"- " * 5000, b" " * (MAX_FILE_BYTES + 1)])
def test_a_file_that_is_none_is_an_error(content):
    with pytest.raises(ParseError):
        list(facts(content))
