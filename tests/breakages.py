"""Break one promise at a time in a copy of the tree; the check that guards it must notice.

Run by ``./dev break``; with ``--table`` it prints the rows for docs/architecture.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
LINT = [str(BIN / "lint-imports"), "--no-cache"]
MYPY = [str(BIN / "mypy"), "src"]
UNITS = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "tests/test_units.py"]
DOCS = [sys.executable, "-m", "hullmark.apps.docs", "--check"]
SRC = "src/hullmark"


class Breakage(NamedTuple):
    """What is done to which file, and what must fail."""

    name: str
    file: str
    old: str
    new: str
    check: list[str]
    by: str


BREAKAGES = (
    Breakage(
        "a parser imports subprocess",
        f"{SRC}/parsers/cargo_lock.py",
        "from collections.abc",
        "import subprocess\nfrom collections.abc",
        LINT,
        "import contract: pure rooms",
    ),
    Breakage(
        "a format reaches for pathlib",
        f"{SRC}/formats/json.py",
        "from collections.abc",
        "from pathlib import Path\nfrom collections.abc",
        LINT,
        "import contract: pure rooms",
    ),
    Breakage(
        "the model imports a unit",
        f"{SRC}/model/rule.py",
        "from enum import",
        "import hullmark.unit\nfrom enum import",
        LINT,
        "import contract: floors",
    ),
    Breakage(
        "a parser imports the engine",
        f"{SRC}/parsers/cargo_lock.py",
        "from hullmark.model import",
        "import hullmark.scan\nfrom hullmark.model import",
        LINT,
        "import contract: floors",
    ),
    Breakage(
        "one wire imports another",
        f"{SRC}/oci/verify.py",
        "import hashlib",
        "import hashlib\nimport hullmark.sandbox",
        LINT,
        "import contract: floors",
    ),
    Breakage(
        "one engine imports another",
        f"{SRC}/policy/__init__.py",
        "from collections.abc",
        "import hullmark.scan\nfrom collections.abc",
        LINT,
        "import contract: floors",
    ),
    Breakage(
        "the engine loads Helm's library",
        f"{SRC}/scan/charts.py",
        "from collections.abc",
        "import helm_python\nfrom collections.abc",
        LINT,
        "import contract: Helm's library",
    ),
    Breakage(
        "a room that no floor lists",
        f"{SRC}/helpers/__init__.py",
        "",
        '"""A room."""\n',
        LINT,
        "import contract: exhaustive",
    ),
    Breakage(
        "a parser opens a file without importing anything",
        f"{SRC}/parsers/cargo_lock.py",
        "    for ",
        '    open("/etc/hostname").close()\n    for ',
        UNITS,
        "conformance: sealed world",
    ),
    Breakage(
        "a module in parsers/ without a unit",
        f"{SRC}/parsers/forgotten.py",
        "",
        '"""Nothing."""\n',
        UNITS,
        "conformance: one file, one unit",
    ),
    Breakage(
        "a unit's id differs from its file's name",
        f"{SRC}/parsers/cargo_lock.py",
        'id="cargo-lock"',
        'id="rust-lock"',
        UNITS,
        "conformance: one file, one unit",
    ),
    Breakage(
        "an example that yields something else",
        f"{SRC}/parsers/cargo_lock.py",
        "pkg:cargo/",
        "pkg:cargo/not-",
        UNITS,
        "conformance: examples",
    ),
    Breakage(
        "an example that its own names do not claim",
        f"{SRC}/parsers/cargo_lock.py",
        'names=("Cargo.lock",)',
        'names=("Cargo.toml",)',
        UNITS,
        "conformance: dispatch",
    ),
    Breakage(
        "a page of the docs is stale",
        f"{SRC}/parsers/cargo_lock.py",
        '    """Yield ',
        '    """Give ',
        DOCS,
        "generated docs",
    ),
    Breakage(
        "a fact without its required field",
        f"{SRC}/scan/finish.py",
        'yield Gap(unit="distribution", ',
        "yield Gap(",
        MYPY,
        "mypy --strict",
    ),
    Breakage(
        "a digest where any text goes",
        f"{SRC}/oci/verify.py",
        'return Digest(f"sha256:{sha256.hexdigest()}")',
        'return f"sha256:{sha256.hexdigest()}"',
        MYPY,
        "mypy --strict",
    ),
)


def main(arguments: list[str]) -> int:
    """0 when every breakage was noticed."""
    if "--table" in arguments:
        print("\n".join(f"| {each.name} | {each.by} |" for each in BREAKAGES))
        return 0
    survivors = [each.name for each in BREAKAGES if not noticed(each)]
    print(f"{len(BREAKAGES)} breakages, {len(survivors)} not noticed")
    return int(bool(survivors))


def noticed(breakage: Breakage) -> bool:
    """Whether the guarding check fails on a copy with this breakage, and passes without."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("src", "tests", "docs"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        if not passes(breakage.check, copy):
            print(f"BROKEN    {breakage.by} fails without a breakage")
            return False
        apply(breakage, copy)
        caught = not passes(breakage.check, copy)
        print(f"{'noticed ' if caught else 'SURVIVED'}  {breakage.name} ({breakage.by})")
        return caught


def apply(breakage: Breakage, copy: Path) -> None:
    """Change the copy; a breakage that finds nothing to change is itself broken."""
    file = copy / breakage.file
    file.parent.mkdir(exist_ok=True)
    text = file.read_text() if file.exists() else ""
    if breakage.old not in text:
        raise LookupError(f"{breakage.name}: {breakage.old!r} is not in {breakage.file}")
    file.write_text(text.replace(breakage.old, breakage.new, 1) if text else breakage.new)


def passes(check: list[str], copy: Path) -> bool:
    """Whether a check succeeds in a copy of the tree."""
    env = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(check, cwd=copy, env=env, capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
