"""The commit of a folder: what its repository says, and nothing for what is no commit."""

import os

import pytest

from hullmark.disk.head import commit_of

ONE, OTHER = "a1" * 20, "b2" * 32


@pytest.fixture
def git(tmp_path):
    (tmp_path / ".git/refs/heads").mkdir(parents=True)
    return tmp_path / ".git"


@pytest.mark.parametrize("commit", [ONE, OTHER])
def test_a_commit_is_named_by_head_by_a_file_and_by_packed_references(git, commit):
    (git / "HEAD").write_text(f"{commit}\n")
    assert commit_of(str(git.parent)) == commit_of(str(git)) == commit
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    assert commit_of(str(git.parent)) == ""
    (git / "packed-refs").write_text(
        f"# pack-refs\n{ONE[::-1]} refs/heads/a\n{commit} refs/heads/main\n"
    )
    assert commit_of(str(git.parent)) == commit
    (git / "refs/heads/main").write_text(f"{ONE}\n")
    assert commit_of(str(git.parent)) == ONE


@pytest.mark.parametrize(
    "head", ["", "x", "ref: ../../secret", "ref: refs/heads/../../secret", "ref: /secret"]
)
def test_what_names_no_commit_names_none(git, head):
    (git.parent / "secret").write_text(ONE)
    (git / "HEAD").write_text(head)
    assert commit_of(str(git.parent)) == ""


def test_links_and_pipes_are_not_opened(git):
    (git.parent / "secret").write_text(ONE)
    (git / "HEAD").symlink_to(git.parent / "secret")
    assert commit_of(str(git.parent)) == ""
    (git / "HEAD").unlink()
    os.mkfifo(git / "HEAD")
    assert commit_of(str(git.parent)) == ""
    assert commit_of(str(git.parent / "none")) == ""
