"""Packages of Nix's store, with its database and without."""

from hullmark.parsers.nix_database import nix_database
from tests.images.build import make_image

HASH = "h0cnbmfcn93xm5dg2x27ixhag1cwndg"
PROGRAM = b"\x7fELF" + bytes(60)


def told(report):
    return [(each.purl, each.path) for each in report.packages if each.type == "nix"]


def grown(folder):
    for path in ("a-zed-1.2-3/bin/zed", "a-zed-1.2-3/lib/zed.so", "c-yak-4/bin/yak"):
        file = folder / f"nix/store/{HASH}{path}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PROGRAM)
        file.chmod(0o755)
    (folder / f"nix/store/{HASH}d-data-1").mkdir()


ZED = f"pkg:nix/zed@1.2-3?outputhash={HASH}a"
YAK = (f"pkg:nix/yak@4?outputhash={HASH}c", f"nix/store/{HASH}c-yak-4")


def test_without_a_database_folders_with_programs_tell(scan, tmp_path):
    grown(tmp_path)
    expected = [YAK, (ZED, f"nix/store/{HASH}a-zed-1.2-3")]
    assert told(scan(f"host:{tmp_path}")) == expected


def test_what_the_database_tells_goes_before_the_names_of_folders(scan, tmp_path):
    grown(tmp_path)
    place = "nix/var/nix/db/db.sqlite"
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(nix_database.example.data)
    bin = f"pkg:nix/zed@1.2-3?output=bin&outputhash={HASH}b"
    assert sorted(told(scan(f"host:{tmp_path}"))) == sorted([YAK, (ZED, place), (bin, place)])


def test_a_folder_that_a_later_layer_removes_is_no_package(scan, tmp_path):
    path = f"nix/store/{HASH}a-zed-1.2-3/lib/zed.so"
    layers = [[(path, PROGRAM)], [(f"nix/store/.wh.{HASH}a-zed-1.2-3", "")]]
    assert told(scan(make_image(tmp_path, layers[:1]))) == [(ZED, f"nix/store/{HASH}a-zed-1.2-3")]
    assert told(scan(make_image(tmp_path, layers, name="later"))) == []
