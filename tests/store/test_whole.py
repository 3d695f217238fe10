"""Files that commands write are whole, or as they were before."""

import os
import stat
import subprocess
import sys

import pytest

from hullmark.disk.whole import whole


def put(path, text, **more):
    with whole(str(path), **more) as file:
        file.write(text.encode())


def test_a_file_takes_its_place_when_all_is_written(tmp_path):
    path = tmp_path / "report.json"
    path.write_text("old")
    with whole(str(path)) as file:
        file.write(b"ne")
        file.flush()
        assert path.read_text() == "old"
        file.write(b"w")
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["report.json"]


def interrupted(path):
    with whole(str(path)) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_what_breaks_off_leaves_what_was_there_and_nothing_else(tmp_path):
    path = tmp_path / "report.json"
    for before in ([], ["report.json"]):
        with pytest.raises(KeyboardInterrupt):
            interrupted(path)
        assert os.listdir(tmp_path) == before
        path.write_text("old")
    assert path.read_text() == "old"


def test_it_keeps_its_mode_and_new_ones_are_as_others(tmp_path):
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_text("old")
    path.chmod(0o640)
    put(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    other.write_text("")
    put(tmp_path / "c", "new")
    assert (tmp_path / "c").stat().st_mode == other.stat().st_mode


def test_links_lead_to_what_is_replaced_unless_none_is_followed(tmp_path):
    (tmp_path / "deep").mkdir()
    target, link = tmp_path / "deep" / "a", tmp_path / "link"
    link.symlink_to(target)
    put(link, "first")
    put(link, "second")
    assert (target.read_text(), link.is_symlink()) == ("second", True)
    with pytest.raises(OSError, match="symbolic links"):
        put(link, "third", follow=False)
    assert target.read_text() == "second"


def test_files_of_several_names_keep_them(tmp_path):
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_text("old")
    other.hardlink_to(path)
    put(path, "new")
    assert other.read_text() == "new"


def test_a_file_without_a_name_is_written_where_it_is(tmp_path):
    path = tmp_path / "a"
    with path.open("w+") as file:
        path.unlink()
        put(f"/proc/self/fd/{file.fileno()}", "new")
        assert file.read() == "new"
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has groups to choose from")
def test_a_file_keeps_its_group_in_a_folder_of_another(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    os.chown(tmp_path, -1, 12345)
    tmp_path.chmod(0o2755)
    put(path, "new")
    assert (path.stat().st_gid, path.read_text()) == (os.getegid(), "new")


def test_an_interrupt_after_the_end_is_told_as_what_it_is(tmp_path, monkeypatch):
    replace = os.replace

    def interrupted(*paths):
        replace(*paths)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_another_in_a_sticky_folder_is_left_to_the_kernel(tmp_path):
    tmp_path.chmod(0o1777)
    path = tmp_path / "a"
    path.write_text("old")
    os.chown(path, 12345, 12345)
    before = path.stat().st_ino
    try:
        put(path, "new")
    except PermissionError:  # fs.protected_regular
        assert path.read_text() == "old"
    assert path.stat().st_ino == before


def test_pipes_and_streams_are_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    put(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    program = (
        "from hullmark.disk.whole import whole\n"
        "with whole('/dev/stdout') as file: file.write(b'all')"
    )
    run = [sys.executable, "-c", program]
    assert subprocess.run(run, check=True, capture_output=True).stdout == b"all"
    with open(tmp_path / "out", "wb") as out:
        subprocess.run(run, check=True, stdout=out)
    assert (tmp_path / "out").read_bytes() == b"all"
    assert sorted(os.listdir(tmp_path)) == ["out", "pipe"]


def test_what_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(IsADirectoryError):
        put(tmp_path, "x")
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "none" / "a", "x")
