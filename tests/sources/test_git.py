"""Repositories of git: what of their history is offered, and what is told of what is not."""

import os
import subprocess
from contextlib import contextmanager
from random import Random

import pytest

from hullmark.apps.cli.target import parsers_for, source_of
from hullmark.checks.drawing import text
from hullmark.checks.proofs import crc32_base62
from hullmark.disk import git as git_module
from hullmark.disk import history as history_module
from hullmark.model import SourceError
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from hullmark.sources.git import parts
from hullmark.unit import Ask

WHO = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
}


class Repo:
    """A repository made at test time, a commit a day."""

    def __init__(self, folder, *options):
        self.folder = folder
        self._day = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *words):
        self._day += 1
        when = f"2024-01-{self._day % 28 + 1:02}T12:00:00Z"
        env = {"PATH": os.environ["PATH"], **WHO}
        env |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(self.folder)}
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *words],
            cwd=self.folder,
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def put(self, **files):
        """Write and stage files, named without their dots."""
        for name, content in files.items():
            (self.folder / name).write_text(content)
            self.git("add", name)

    def commit(self, message="work", **files):
        self.put(**files)
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path / "repo")


@contextmanager
def opened(target, scratch=lambda: -1):
    source, rest = source_of(str(target))
    with source.open(Ask(target=rest, unpack=lambda fd, _: fd, scratch=scratch)) as tree:
        yield tree


def walked(target, scratch=lambda: -1):
    """What is offered as (layer, path, content), and the gaps as (subject, reason)."""
    gaps, files = [], []
    with opened(target, scratch) as tree:
        for file in tree.walk(gaps):
            fd = file.open("")
            files.append((file.layer, file.path, os.read(fd, 1000).decode()))
            os.close(fd)
    return files, [(gap.subject, gap.why) for gap in gaps]


def test_every_blob_is_offered_once_with_its_oldest_commit(repo):
    first = repo.commit(a="one", b="two")
    second = repo.commit(a="three")
    repo.git("rm", "-q", "b")
    repo.commit()
    repo.commit(a="one", c="two")
    files, gaps = walked(f"git:{repo.folder}")
    assert files == [(first, "a", "one"), (first, "b", "two"), (second, "a", "three")]
    assert not gaps


def test_a_renamed_file_is_offered_under_its_first_name(repo):
    first = repo.commit(old="content")
    repo.git("mv", "old", "new")
    repo.commit()
    assert walked(f"git:{repo.folder}")[0] == [(first, "old", "content")]


def test_branches_tags_and_what_a_merge_alone_brings_are_walked(repo):
    base = repo.commit(a="base")
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit(b="of the side")
    repo.git("checkout", "-q", "main")
    main = repo.commit(c="of main")
    repo.git("merge", "-q", "--no-commit", "side")
    merge = repo.commit(d="of the merge")
    repo.git("checkout", "-q", "--detach")
    lone = repo.commit(e="of nobody but a tag")
    repo.git("tag", "kept")
    repo.git("checkout", "-q", "main")
    files, _ = walked(f"git:{repo.folder}")
    assert {(layer, path) for layer, path, _ in files} == {
        (base, "a"),
        (side, "b"),
        (main, "c"),
        (merge, "d"),
        (lone, "e"),
    }


def test_what_is_staged_comes_last_and_what_is_not_is_left_out(repo):
    first = repo.commit(a="one")
    repo.put(b="staged")
    (repo.folder / "c").write_text("not staged")
    assert walked(f"git:{repo.folder}")[0] == [(first, "a", "one"), ("", "b", "staged")]
    assert walked(f"git:{repo.folder}@staged")[0] == [("", "b", "staged")]


def test_before_the_first_commit_all_that_is_staged_is_new(repo):
    assert walked(f"git:{repo.folder}") == ([], [])
    repo.put(a="staged")
    assert walked(f"git:{repo.folder}@staged")[0] == [("", "a", "staged")]


def test_the_index_that_git_hands_a_hook_is_the_one_that_is_read(repo, monkeypatch):
    repo.commit(a="one")
    repo.put(b="for this commit")
    index = (repo.folder / ".git/index").read_bytes()
    repo.put(c="for another one")
    (repo.folder / ".git/index.lock").write_bytes(index)
    monkeypatch.chdir(repo.folder)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.lock")
    assert [path for _, path, _ in walked("git:.@staged")[0]] == ["b"]
    monkeypatch.setenv("GIT_INDEX_FILE", "/etc/passwd")
    assert [path for _, path, _ in walked("git:.@staged")[0]] == ["b", "c"]


def test_a_range_is_walked_alone(repo):
    repo.commit(a="one")
    repo.git("checkout", "-q", "-b", "topic/x")
    second = repo.commit(b="two")
    assert walked(f"git:{repo.folder}@main..topic/x")[0] == [(second, "b", "two")]
    with pytest.raises(SourceError, match="nowhere"):
        walked(f"git:{repo.folder}@nowhere..main")
    with pytest.raises(SourceError, match="--output"):
        walked(f"git:{repo.folder}@--output=here")
    assert not (repo.folder / "here").exists()


def test_a_folder_whose_name_has_an_at_is_no_range(tmp_path):
    (tmp_path / "a@b").mkdir()
    assert parts(f"{tmp_path}/a@b") == (f"{tmp_path}/a@b", "")
    assert parts(f"{tmp_path}/a@b@x..y@z") == (f"{tmp_path}/a@b", "x..y@z")
    assert parts("@staged") == (".", "staged")


def test_worktrees_and_bare_repositories_are_read(repo, tmp_path):
    first = repo.commit(a="one")
    repo.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    (tmp_path / "tree/b").write_text("staged there")
    repo.git("-C", str(tmp_path / "tree"), "add", "b")
    files, _ = walked(f"git:{tmp_path / 'tree'}")
    assert files == [(first, "a", "one"), ("", "b", "staged there")]
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    assert walked(f"git:{tmp_path / 'bare.git'}")[0] == [(first, "a", "one")]


def test_objects_named_by_sha256_are_read(tmp_path):
    repo = Repo(tmp_path / "repo", "--object-format=sha256")
    first = repo.commit(a="one")
    assert len(first) == 64
    assert walked(f"git:{repo.folder}")[0] == [(first, "a", "one")]


def test_what_a_shallow_clone_lacks_is_a_gap(repo, tmp_path):
    repo.commit(a="one")
    last = repo.commit(b="two")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.folder}", str(tmp_path / "shallow"))
    files, gaps = walked(f"git:{tmp_path / 'shallow'}")
    assert {layer for layer, _, _ in files} == {last}
    assert gaps == [("history", history_module.SHALLOW)]


def test_what_a_partial_clone_lacks_is_a_gap_and_is_not_fetched(repo, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit(a="one")
    repo.commit(a="two")
    clone = tmp_path / "partial"
    url = f"file://{repo.folder}"
    repo.git("clone", "-q", "--no-local", "--filter=blob:none", "--no-checkout", url, str(clone))
    files, gaps = walked(f"git:{clone}")
    assert files == []
    assert gaps == [("a", history_module.MISSING), ("a", history_module.MISSING)]


def test_submodules_and_pointers_of_lfs_are_gaps(repo, tmp_path):
    other = Repo(tmp_path / "other")
    other.commit(x="theirs")
    repo.git("submodule", "add", "-q", str(other.folder), "module")
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
    repo.commit(big=pointer)
    files, gaps = walked(f"git:{repo.folder}")
    assert {path for _, path, _ in files} == {".gitmodules", "big"}
    assert gaps == [("module", history_module.ELSEWHERE), ("big", history_module.LFS)]


def test_nothing_that_a_repository_configures_is_run(repo, tmp_path):
    repo.commit(a="one", b="two")
    repo.put(a="staged")
    marker = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >>{marker}\ncat\n")
    program.chmod(0o755)
    hooks = repo.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
    (repo.folder / ".git/info/attributes").write_text("* diff=evil filter=evil\n")
    (repo.folder / ".gitattributes").write_text("* diff=evil filter=evil\n")
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.alternateRefsCommand",
        "pager.log",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "gpg.program",
        "alias.log",
        "alias.cat-file",
        "uploadpack.packObjectsHook",
    ):
        repo.git("config", key, f"!{program}" if key.startswith("alias") else str(program))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "remote.origin.url", f"ext::{program}")
    repo.git("config", "protocol.ext.allow", "always")
    marker.unlink(missing_ok=True)
    files, gaps = walked(f"git:{repo.folder}")
    assert [content for _, _, content in files] == ["one", "two", "staged"]
    assert not gaps
    assert not marker.exists()


def test_settings_of_the_user_and_of_the_environment_change_nothing(repo, tmp_path, monkeypatch):
    repo.commit(a="one")
    (tmp_path / ".gitconfig").write_text("[log]\n\tdecorate = full\n[diff]\n\tnoprefix = true\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "/bin/false")
    assert [path for _, path, _ in walked(f"git:{repo.folder}")[0]] == ["a"]


def test_a_replaced_object_is_read_as_it_was(repo):
    first = repo.commit(a="secret")
    blob = repo.git("rev-parse", "HEAD:a")
    (repo.folder / "harmless").write_text("harmless")
    other = repo.git("hash-object", "-w", "harmless")
    repo.git("replace", blob, other)
    assert (first, "a", "secret") in walked(f"git:{repo.folder}")[0]


def test_a_folder_without_repository_and_a_machine_without_git_are_told(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match="is no git repository"):
        walked(f"git:{tmp_path}")
    with pytest.raises(SourceError, match="is no folder"):
        walked(f"git:{tmp_path / 'missing'}")
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(SourceError, match="is not installed"):
        walked(f"git:{tmp_path}")


def test_a_git_file_that_names_nothing_is_no_repository(tmp_path):
    for number, said in enumerate(("gitdir: ../none", "nonsense", "gitdir: \0", "")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / ".git").write_text(said)
        with pytest.raises(SourceError, match="is no git repository"):
            walked(f"git:{folder}")


def test_bounds_are_gaps(repo, monkeypatch):
    repo.commit(a="small", b="larger than that")
    monkeypatch.setattr(history_module, "MAX_BLOB_BYTES", 10)
    files, gaps = walked(f"git:{repo.folder}")
    assert [path for _, path, _ in files] == ["a"]
    assert [subject for subject, _ in gaps] == ["b"]
    monkeypatch.setattr(history_module, "MAX_ALL_BYTES", 3)
    assert walked(f"git:{repo.folder}")[0] == []
    monkeypatch.setattr(history_module, "MAX_COMMITS", 1)
    repo.commit(c="x")
    assert walked(f"git:{repo.folder}")[1][0] == ("history", "more than 1 commits")
    monkeypatch.setattr(history_module, "MAX_BLOBS", 1)
    assert walked(f"git:{repo.folder}")[1][0] == ("history", "more than 1 blobs")


def test_gaps_of_one_kind_are_counted_where_they_are_many(repo, monkeypatch):
    repo.commit(a="first of all", b="second of all", c="third of all")
    monkeypatch.setattr(history_module, "MAX_BLOB_BYTES", 1)
    monkeypatch.setattr(history_module, "MAX_NAMED", 1)
    _, gaps = walked(f"git:{repo.folder}")
    assert [subject for subject, _ in gaps] == ["a", "2 more"]


def test_a_blob_that_is_broken_costs_no_other(repo):
    repo.commit(a="x" * 3000, b="second", c="third")
    broken = repo.git("rev-parse", "HEAD:b")
    place = repo.folder / ".git/objects" / broken[:2] / broken[2:]
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-4] + b"oops")
    files, gaps = walked(f"git:{repo.folder}")
    assert [path for _, path, _ in files] == ["a", "c"]
    assert [subject for subject, _ in gaps] == ["b"]


def test_a_reference_to_nothing_costs_no_other(repo):
    first = repo.commit(a="one")
    (repo.folder / ".git/refs/heads/broken").write_text(f"{'ab' * 20}\n")
    files, gaps = walked(f"git:{repo.folder}")
    assert files == [(first, "a", "one")]
    assert gaps == [("references", "bad object refs/heads/broken")]


def test_an_index_that_is_none_is_a_gap_or_an_error(repo):
    first = repo.commit(a="one")
    (repo.folder / ".git/index").write_text("none")
    files, gaps = walked(f"git:{repo.folder}")
    assert files == [(first, "a", "one")]
    assert [subject for subject, _ in gaps] == ["index"]
    with pytest.raises(SourceError, match="index"):
        walked(f"git:{repo.folder}@staged")


def test_git_that_says_nothing_is_not_waited_for(repo, monkeypatch):
    repo.commit(a="one")
    os.mkfifo(repo.folder / ".git/refs/heads/pipe")
    monkeypatch.setattr(git_module, "SILENT_S", 0.2)
    with pytest.raises(SourceError, match="said nothing"):
        walked(f"git:{repo.folder}")


def test_an_object_that_claims_to_be_huge_is_not_unpacked(repo, monkeypatch):
    (repo.folder / "message").write_text("x" * 5_000_000)
    repo.git("commit", "-q", "--allow-empty", "-F", "message")
    monkeypatch.setattr(git_module, "ALLOCATED_BYTES", 1_000_000)
    with pytest.raises(SourceError, match="attempting to allocate"):
        walked(f"git:{repo.folder}")


def test_a_large_blob_waits_in_the_cache_folder(repo, tmp_path):
    repo.commit(a="x" * (history_module.HELD_BYTES + 1))
    made = []

    def scratch():
        made.append(os.open(tmp_path / "scratch", os.O_RDWR | os.O_CREAT))
        return made[-1]

    gaps = []
    with opened(f"git:{repo.folder}", scratch) as tree:
        (file,) = tree.walk(gaps)
    assert made
    assert file.size == history_module.HELD_BYTES + 1
    assert (tmp_path / "scratch").read_text() == "x" * file.size


def test_names_of_authors_and_paths_are_text_whatever_they_hold(repo, monkeypatch):
    monkeypatch.setitem(WHO, "GIT_AUTHOR_NAME", "red \x1b[31m :100644")
    first = repo.commit(a="one")
    (repo.folder / ":100644 b\n\x1b").write_text("two")
    os.write(fd := os.open(os.fsencode(repo.folder) + b"/\xff", os.O_CREAT | os.O_WRONLY), b"three")
    os.close(fd)
    repo.git("add", ".")
    second = repo.commit()
    gaps = []
    with opened(f"git:{repo.folder}") as tree:
        paths = [(file.layer, file.path) for file in tree.walk(gaps)]
        assert tree.tells(first).endswith("by red [31m :100644")
    assert paths == [(first, "a"), (second, ":100644 b\n\x1b"), (second, "\\xff")]


def token(seed):
    body = text(Random(seed), 30)
    return f"ghp_{body}{crc32_base62(body)}"


def scanned(target, tmp_path):
    source, rest = source_of(target)
    with Scanner(only=parsers_for([target]), looking=Looking(secrets=True)) as scanner:
        return scanner.scan(source, rest, Settings(folder=str(tmp_path / "cache"), jobs=1))


def test_a_secret_is_told_once_by_the_commit_that_brought_it(repo, tmp_path):
    first = repo.commit(conf=f"key = {token(1)}\n", kept=f"key = {token(2)}\n")
    repo.commit(conf=f"key = {token(1)}\nmore = 1\n", kept=f"more = 1\nkey = {token(2)}\n")
    repo.git("rm", "-q", "conf")
    repo.commit()
    repo.put(new=f"key = {token(3)}\n")
    report = scanned(f"git:{repo.folder}", tmp_path)
    told = {each.subject: each.evidence for each in report.findings}
    assert list(told) == ["conf", "kept", "new"]
    assert told["conf"].layer == told["kept"].layer == first
    assert told["new"].layer == ""
    day = repo.git("show", "-s", "--format=%as", first)
    assert f"brought by commit {first[:10]} of {day} by Ada" in told["conf"].says
    assert "still in the history" in told["conf"].says
    assert "still in the history" not in told["kept"].says
    assert "staged" in told["new"].says
    assert not report.gaps
    assert not report.packages


def test_a_manifest_in_the_history_is_no_package(repo, tmp_path):
    repo.commit(**{"requirements.txt": "flask==1.0\n"})
    with Scanner(looking=Looking(secrets=True)) as scanner:  # as beside other targets
        source, rest = source_of(f"git:{repo.folder}")
        report = scanner.scan(source, rest, Settings(folder=str(tmp_path), jobs=1))
    assert not report.packages
    assert not report.units
