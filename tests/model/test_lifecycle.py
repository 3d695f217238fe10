"""Dates of the end of life, compared with Debian's own data where it is installed."""

from csv import DictReader
from datetime import date
from pathlib import Path

import pytest

from hullmark.model.lifecycle import _ENDS, end_of_life

DATA = Path("/usr/share/distro-info")


@pytest.mark.parametrize(
    ("id", "version", "end"),
    [
        ("debian", "12", "2028-06-30"),
        ("debian", "12.7", "2028-06-30"),
        ("debian", "", ""),
        ("alpine", "3.2", "2017-05-01"),
        ("alpine", "3.20.3", "2026-04-01"),
        ("alpine", "3.99.1", ""),
        ("alpine", "3", ""),
        ("amzn", "2018.03", "2023-12-31"),
        ("sles", "15.6", "2025-12-31"),
        ("sles", "15.99", ""),
        ("wolfi", "20230201", ""),
        ("arch", "", ""),
        ("debian", "." * 1_000_000, ""),
    ],
)
def test_a_release_ends_on_its_day(id, version, end):
    assert end_of_life(id, version) == end


def test_every_date_is_one():
    for id, line in _ENDS.items():
        words = line.split()
        for release, end in zip(words[::2], words[1::2], strict=True):
            assert date.fromisoformat(end_of_life(id, release)) == date.fromisoformat(end)


@pytest.mark.parametrize(("id", "column"), [("debian", "eol-lts"), ("ubuntu", "eol")])
def test_dates_are_those_of_distro_info_data(id, column):
    if not (DATA / f"{id}.csv").exists():
        pytest.skip("needs distro-info-data")
    compared = 0
    for row in DictReader((DATA / f"{id}.csv").read_text().splitlines()):
        ours = end_of_life(id, row["version"].removesuffix(" LTS"))
        if ours and row[column] and int(row["release"][:4]) >= 2015:
            compared += 1
            assert abs((date.fromisoformat(ours) - date.fromisoformat(row[column])).days) <= 62, row
    assert compared > 2
