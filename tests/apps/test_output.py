"""Standard output that is full, closed, or read by nobody any more."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import made

COMMANDS = {
    "explain": ("explain", "runs-as-root"),
    "fix": ("fix", "."),
    "help": ("--help",),
    "propose": ("propose", "Dockerfile"),
    "rules": ("rules", "list"),
    "scan": ("scan", ".", "-f", "json"),
}


@pytest.fixture
def home(tmp_path) -> dict[str, str]:
    return {"HULLMARK_HOME": made(tmp_path / "home")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of which every command has something to say."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Dockerfile").write_text('FROM debian:12\nEXPOSE 22\nCMD ["sleep", "1"]\n')
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_who_leaves_is_no_error_of_any_command(name, project, home):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "hullmark", *COMMANDS[name]]
    done = subprocess.run(
        command,
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=project,
        env=os.environ | home,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("where", "why"), [(">/dev/full", "No space left on device"), (">&-", "is closed")]
)
def test_standard_output_that_takes_nothing_is_exit_code_2(where, why, name, project, home):
    command = shlex.join([sys.executable, "-m", "hullmark", *COMMANDS[name]])
    env = os.environ | home
    done = subprocess.run(
        f"{command} {where}",
        shell=True,
        cwd=project,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"hullmark: standard output: {why}"
    assert "Traceback" not in done.stderr


def test_a_closed_output_is_no_error_where_nothing_goes_to_it(project, home):
    for closed, target, code in ((">&-", ".", 0), ("2>&-", "absent", 2)):
        command = shlex.join(
            [sys.executable, "-m", "hullmark", "scan", target, "-f", "json", "-o", "out.json"]
        )
        done = subprocess.run(
            f"{command} {closed}",
            shell=True,
            cwd=project,
            env=os.environ | home,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("scan", "absent"), 2),
        (("scan", "--none"), 2),
        (("scan", ".", "--fail-on", "medium", "--allow-gap", "all"), 1),
    ],
)
def test_exit_codes_stand_where_standard_error_takes_nothing(given, code, project, home):
    command = shlex.join([sys.executable, "-m", "hullmark", *given])
    done = subprocess.run(
        f"{command} 2>/dev/full",
        shell=True,
        cwd=project,
        env=os.environ | home,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == code
