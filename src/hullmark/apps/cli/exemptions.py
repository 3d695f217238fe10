"""Where exemptions are found: in the settings, and in files of the working folder."""

import os
from collections.abc import Iterator, Sequence

from hullmark.apps.cli.own_files import content, is_own, keys, spelled
from hullmark.model.exemption import Exemption
from hullmark.policy.exemptions import (
    of_grype,
    of_settings,
    of_trivyignore,
    of_trivyignore_yaml,
)

MAX_BYTES = 4 * 1024 * 1024
ALLOW_LISTS = ".toml"
"""How files of gitleaks end."""

NAMES = (".trivyignore", ".trivyignore.yaml", ".grype.yaml")
"""Looked for where the user works; other files must be named."""


def exemptions(settings: str, named: Sequence[str]) -> list[Exemption]:
    """All that the settings file and the named files say, or else those of ``NAMES`` on hand.

    ``settings`` is a path or empty. Files of strangers are obeyed only when they are named.
    Allow lists of gitleaks are no exemptions: ``allow_lists`` reads them.
    """
    found: list[Exemption] = []
    if settings:
        found += of_settings(_yaml(settings).get("ignore"), spelled(settings))
    listed = [path for path in named if not path.endswith(ALLOW_LISTS)]
    for path in listed or [name for name in NAMES if is_own(name)]:
        found += _of(path)
    return found


def _of(path: str) -> Iterator[Exemption]:
    name, at = os.path.basename(path), spelled(path)
    if name.endswith((".yaml", ".yml")):
        value = _yaml(path)
        if "grype" in name:
            yield from of_grype(value, at)
        elif "vulnerabilities" in value or "trivy" in name:
            yield from of_trivyignore_yaml(value, at)
        else:
            yield from of_settings(value.get("ignore"), at)
    else:
        yield from of_trivyignore(content(path, MAX_BYTES).decode(errors="replace"), at)


def _yaml(path: str) -> dict[str, object]:
    return keys(content(path, MAX_BYTES), path)
