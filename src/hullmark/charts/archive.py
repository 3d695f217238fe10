"""A chart's archive, made in memory."""

import gzip
import io
import tarfile
from collections.abc import Mapping

_ROOT = "chart"


def archive(files: Mapping[str, bytes]) -> bytes:
    """A chart as ``helm package`` would write it, hardly packed."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(files, key=lambda each: (each != "Chart.yaml", each)):
            entry = tarfile.TarInfo(f"{_ROOT}/{name}")
            entry.size = len(files[name])
            tar.addfile(entry, io.BytesIO(files[name]))
    return gzip.compress(plain.getvalue(), compresslevel=1)
