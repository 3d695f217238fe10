"""os-release and the older files that name a distribution."""

from shutil import which
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import Distribution, File, ParseError
from hullmark.parsers.distribution_files import distribution_files
from hullmark.parsers.os_release import os_release


def distribution(content, path="etc/os-release", unit=os_release):
    [found] = unit.parse(File(path=path, content=content))
    return found


def test_values_are_read_as_the_shell_reads_them(tmp_path):
    if not which("sh"):
        pytest.skip("needs sh")
    content = (
        "# comment ID=no\n\n  NAME='It is \"us\" \\ here'\n"
        'PRETTY_NAME="a \\"b\\" \\$HOME \\`c\\` \\\\ d"\nID=us\nVERSION_ID=1.2\nVERSION="" \n'
    )
    (tmp_path / "os-release").write_text(content)
    show = '. ./os-release; printf "%s\\n" "$NAME" "$PRETTY_NAME" "$ID" "$VERSION_ID"'
    said = run(["sh", "-c", show], cwd=tmp_path, capture_output=True, text=True, check=True)
    found = distribution(content.encode())
    name, pretty, id, version = said.stdout.splitlines()
    assert (found.name, found.id, found.version) == (pretty, id, version)
    assert distribution(content.replace("PRETTY_", "X_").encode()).name == name


def test_every_field_is_kept():
    content = (
        b'NAME="Rocky Linux"\nVERSION="9.4 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"\n'
        b'VERSION_ID="9.4"\nPRETTY_NAME="Rocky Linux 9.4 (Blue Onyx)"\nSUPPORT_END=2032-01-01\n'
    )
    assert distribution(content) == Distribution(
        id="rocky",
        version="9.4",
        name="Rocky Linux 9.4 (Blue Onyx)",
        like=("rhel", "centos", "fedora"),
        path="etc/os-release",
        end_of_life="2032-05-31",
    )


def test_the_codename_is_also_found_in_old_files():
    assert distribution(b'ID=debian\nVERSION="8 (jessie)"\nVERSION_ID="8"').codename == "jessie"
    assert distribution(b"ID=debian\nVERSION_CODENAME=trixie").codename == "trixie"
    assert distribution(b'ID=debian\nVERSION="8 (x"').codename == ""


def test_the_vendors_end_of_support_counts_where_we_know_none():
    assert distribution(b"ID=foo\nSUPPORT_END=2031-02-03").end_of_life == "2031-02-03"
    assert distribution(b"ID=foo\nSUPPORT_END=soon").end_of_life == ""


def test_centos_stream_lives_longer_than_centos():
    assert (
        distribution(b"NAME='CentOS Stream'\nID=centos\nVERSION_ID=8").end_of_life == "2024-05-31"
    )
    assert distribution(b"NAME='CentOS Linux'\nID=centos\nVERSION_ID=8").end_of_life == "2021-12-31"


def test_a_file_without_an_id_is_some_linux():
    assert distribution(b"NAME=Foo").id == "linux"


@pytest.mark.parametrize("content", [b"", b"\0\1", b"hello", b"A=b", b"x" * 100_000])
def test_what_names_nothing_is_an_error(content):
    with pytest.raises(ParseError):
        distribution(content)


@given(st.binary(max_size=200))
def test_rubbish_is_a_distribution_or_an_error(content):
    for unit, path in ((os_release, "etc/os-release"), (distribution_files, "etc/debian_version")):
        try:
            assert distribution(content, path, unit).id
        except ParseError:
            continue


@pytest.mark.parametrize(
    ("path", "content", "means"),
    [
        ("etc/alpine-release", b"3.20.3\n", ("alpine", "3.20.3", "", "2026-04-01")),
        ("etc/debian_version", b"12.7\n", ("debian", "12.7", "", "2028-06-30")),
        ("etc/debian_version", b"forky/sid\n", ("debian", "", "forky", "")),
        (
            "etc/redhat-release",
            b"CentOS release 6.10 (Final)\n",
            ("centos", "6.10", "Final", "2020-11-30"),
        ),
        (
            "etc/centos-release",
            b"CentOS Linux release 7.9.2009 (Core)\n",
            ("centos", "7.9.2009", "Core", "2024-06-30"),
        ),
        ("etc/centos-release", b"CentOS Stream release 9\n", ("centos", "9", "", "2027-05-31")),
        (
            "etc/redhat-release",
            b"Red Hat Enterprise Linux Server release 7.9 (Maipo)\n",
            ("rhel", "7.9", "Maipo", "2024-06-30"),
        ),
        (
            "etc/system-release",
            b"Amazon Linux AMI release 2018.03\n",
            ("amzn", "2018.03", "", "2023-12-31"),
        ),
        (
            "etc/system-release",
            b"Amazon Linux release 2 (Karoo)\n",
            ("amzn", "2", "Karoo", "2026-06-30"),
        ),
        (
            "etc/oracle-release",
            b"Oracle Linux Server release 8.9\n",
            ("ol", "8.9", "", "2029-07-31"),
        ),
        (
            "etc/fedora-release",
            b"Fedora release 40 (Forty)\n",
            ("fedora", "40", "Forty", "2025-05-13"),
        ),
    ],
)
def test_older_files_name_the_point_release(path, content, means):
    found = distribution(content, path, distribution_files)
    assert (found.id, found.version, found.codename, found.end_of_life) == means


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("etc/alpine-release", b""),
        ("etc/alpine-release", b"edge of it"),
        ("etc/debian_version", b"???"),
        ("etc/redhat-release", b"Foo release 1"),
        ("etc/redhat-release", b"Red Hat"),
        ("etc/redhat-release", b"x" * 5000),
    ],
)
def test_older_files_that_name_nothing_are_errors(path, content):
    with pytest.raises(ParseError):
        distribution(content, path, distribution_files)
