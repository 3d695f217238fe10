"""Results of other analysers that the user names, read and joined to a report."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hullmark.apps.cli.looking import texts
from hullmark.apps.cli.own_files import content, spelled
from hullmark.model import ArtifactKind, PolicyError, Report
from hullmark.model.documents import MAX_DOCUMENT_BYTES

if TYPE_CHECKING:
    from hullmark.policy.analysers import Results

MAX_FILES = 100
"""Ours: a file for each analyser, or for each part that one looked at."""


def analysers(options: Mapping[str, object]) -> "tuple[Results, ...]":
    """What ``--sarif`` names, read; ``PolicyError`` names the place that cannot be."""
    named = tuple(dict.fromkeys(texts(options["sarif"])))
    if not named:
        return ()
    if len(named) > MAX_FILES:
        raise PolicyError("--sarif", f"more than {MAX_FILES} files")
    from hullmark.policy.analysers import read  # noqa: PLC0415 - few scans have any

    return tuple(read(content(path, MAX_DOCUMENT_BYTES), spelled(path)) for path in named)


def with_results(report: Report, results: "Sequence[Results]", target: str) -> Report:
    """The report with these results; paths below the target's folder are relative to it."""
    if not results:
        return report
    from hullmark.policy.analysers import taken  # noqa: PLC0415 - as above

    root = ""
    if report.artifact.kind is ArtifactKind.TREE:
        prefix, colon, rest = target.partition(":")
        del prefix
        root = spelled(os.path.realpath(target if os.path.exists(target) or not colon else rest))
    return taken(report, results, root)
