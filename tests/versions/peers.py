"""What the real tools say of versions: one process answers all that a test asks."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hullmark.model import ParseError
from hullmark.versions import compare
from tests.versions.pieces import versions

REFUSED = "x"


def there(what, *patterns):
    """The first file or folder that a pattern finds; the test is skipped where there is none."""
    for pattern in patterns:
        for found in sorted(Path("/").glob(pattern.removeprefix("/"))):
            return found
    pytest.skip(f"{what} is not installed here")


def ask(*command, send, folder=None):
    """The lines that a tool answers to lines of text, started in a folder."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    ran = subprocess.run(
        command,
        input="".join(f"{line}\n" for line in send),
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def pairs(scheme, count=4000):
    """Generated versions, two by two."""
    made = versions(scheme, 2 * count)
    return list(zip(made[::2], made[1::2], strict=True))


def tabbed(asked):
    """Pairs as a line each."""
    return [f"{one}\t{other}" for one, other in asked]


def ours(scheme, one, other):
    """-1, 0 or 1 as text, or that one of them is refused."""
    try:
        return str(compare(scheme, one, other))
    except ParseError:
        return REFUSED


def differences(scheme, asked, answers):
    """Where a tool and we are of two minds: versions, its answer, ours."""
    found = [
        (one, other, theirs, mine)
        for (one, other), theirs in zip(asked, answers, strict=True)
        if (mine := ours(scheme, one, other)) != theirs
    ]
    print(f"{scheme}: {len(asked)} pairs, {len(found)} differences")
    return found
