"""Every option has a variable of its own name, and no variable is passed over."""

import click
import pytest

from hullmark.apps.cli.group import COMMANDS, PREFIX, hullmark
from tests.apps.test_cli import hullmark as called
from tests.homes import made


def options(command, prefix):
    """Each option of a command and of those below it, with what its variable should be called."""
    for name, below in getattr(command, "commands", {}).items():
        yield from options(below, f"{prefix}_{name}")
    for each in command.params:
        if isinstance(each, click.Option):
            long = next(name for name in each.opts if name.startswith("--"))
            yield each, f"{prefix}_{long[2:]}".upper().replace("-", "_")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_is_set_by_the_variable_of_its_name(name, monkeypatch):
    command = hullmark.get_command(click.Context(hullmark), name)
    for option, variable in options(command, f"{PREFIX}_{name}"):
        monkeypatch.setenv(variable, "1")
        assert option.resolve_envvar_value(click.Context(command)) == "1", variable
        monkeypatch.delenv(variable)


@pytest.fixture
def home(tmp_path):
    return {"HULLMARK_HOME": made(tmp_path / "home")}


def test_a_gate_that_a_variable_sets_is_set(tmp_path, home):
    (tmp_path / "Dockerfile").write_text("FROM debian:12\nUSER root\n")
    (tmp_path / "p.yaml").write_text("deny: [{ids: [runs-as-root]}]\ngaps: {allow: [all]}\n")
    given = ("scan", ".", "--scanners", "config")
    assert called(*given, cwd=tmp_path, **home).returncode == 0
    assert called(*given, cwd=tmp_path, HULLMARK_SCAN_POLICY="p.yaml", **home).returncode == 1
    done = called(*given, cwd=tmp_path, HULLMARK_SCAN_FRAMEWORK="cis-docker,mlps-2", **home)
    assert "CIS Docker Benchmark" in done.stdout


def test_a_variable_that_sets_nothing_is_refused(tmp_path, home):
    given = ("scan", ".", "--scanners", "config")
    done = called(*given, cwd=tmp_path, HULLMARK_SCAN_FAILON="high", **home)
    assert done.returncode == 2
    assert "HULLMARK_SCAN_FAILON sets no option; did you mean HULLMARK_SCAN_FAIL_ON?" in done.stderr
    done = called(*given, cwd=tmp_path, HULLMARK_FAIL_ON="high", **home)
    assert done.returncode == 2
    assert "HULLMARK_FAIL_ON sets no option; did you mean HULLMARK_SCAN_FAIL_ON?" in done.stderr
    done = called("verify", "digests", ".", HULLMARK_VERIFY_DIGEST_JOBS="1", **home)
    assert "HULLMARK_VERIFY_DIGEST_JOBS sets no option" in done.stderr
    assert called(*given, cwd=tmp_path, HULLMARK_SCAN_NONE="", **home).returncode == 0
    assert called(*given, cwd=tmp_path, HULLMARK_FIX_NONE="1", **home).returncode == 0
