"""A test that cannot run for want of a tool is skipped, but never silently in CI."""

import subprocess
import sys

import pytest

SKIPS = {
    "in a test": "def test_a():\n    pytest.skip('{}')\n",
    "by a mark": "@pytest.mark.skipif(True, reason='{}')\ndef test_a():\n    pass\n",
    "in a fixture": "@pytest.fixture\ndef f():\n    pytest.skip('{}')\ndef test_a(f):\n    pass\n",
    "as a module": "pytest.skip('{}', allow_module_level=True)\n",
}


@pytest.mark.parametrize("text", SKIPS.values(), ids=SKIPS.keys())
def test_a_skip_for_want_of_a_tool_fails_in_ci_only(text, tmp_path):
    options = ("-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-c")
    for reason, in_ci, fails in (
        ("needs x", "1", True),
        ("needs x", "", False),
        ("no", "1", False),
    ):
        (tmp_path / "test_it.py").write_text("import pytest\n" + text.format(reason))
        command = [sys.executable, "-m", "pytest", *options, "/dev/null", str(tmp_path)]
        done = subprocess.run(
            command, env={"HULLMARK_CI": in_ci}, capture_output=True, text=True, check=False
        )
        assert ("which CI has to install" in done.stdout) == fails, done.stdout + done.stderr
        assert (done.returncode in (1, 2)) == fails, done.stdout
