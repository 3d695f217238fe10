"""Homes of Hullmark for tests: each its own, all with the same compiled patterns.

Compiling takes seconds, and what is kept is named after all that it depends on.
"""

import os
import tempfile
from pathlib import Path

COMPILED = Path(tempfile.gettempdir(), f"hullmark-tests-{os.getuid()}")


def made(folder: Path) -> str:
    """A new home, as ``HULLMARK_HOME`` wants it."""
    COMPILED.mkdir(mode=0o700, exist_ok=True)
    cache = folder / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "compiled").exists():
        (cache / "compiled").symlink_to(COMPILED)
    return str(folder)
