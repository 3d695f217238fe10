"""The commit that a folder's repository has checked out, read without git.

Format: https://git-scm.com/docs/gitrepository-layout (HEAD, refs, packed-refs)
"""

import os
from re import compile as regex

MAX_REFS_BYTES = 16 * 1024 * 1024
"""Of packed references: some 200,000 of them."""

_COMMIT = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z").match
_REFERENCE = regex(r"refs/(?:[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*/)*[A-Za-z0-9_@+-][^\s/\\:]*\Z").match


def commit_of(folder: str) -> str:
    """The commit of ``.git/HEAD`` or ``HEAD`` in a folder; empty where nothing tells it.

    Whatever lies there, only what looks like a commit is answered; links to files are not followed.
    """
    for where in (os.path.join(folder, ".git"), folder):
        said = _text(os.path.join(where, "HEAD"))
        if _COMMIT(said):
            return said
        name = said.removeprefix("ref: ").strip()
        if not said.startswith("ref: ") or not _REFERENCE(name) or ".." in name:
            continue
        found = _text(os.path.join(where, name))
        if _COMMIT(found):
            return found
        for line in _text(os.path.join(where, "packed-refs")).splitlines():
            commit, _, packed = line.partition(" ")
            if packed == name and _COMMIT(commit):
                return commit
    return ""


def _text(path: str) -> str:
    """What a file holds; empty where it is none, or a link, or too large."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
            data = file.read(MAX_REFS_BYTES + 1)
    except OSError:
        return ""
    return data.decode(errors="replace").strip() if len(data) <= MAX_REFS_BYTES else ""
