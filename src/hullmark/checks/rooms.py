"""Rooms of checks of configuration as code, by what each judges."""

from collections.abc import Mapping
from types import ModuleType

import hullmark.checks.apparmor
import hullmark.checks.compose
import hullmark.checks.dockerfile
import hullmark.checks.kubernetes
import hullmark.checks.references
import hullmark.checks.script
import hullmark.checks.seccomp
import hullmark.checks.workflow

REFERENCES = "references"
"""The room of what is judged in files of several kinds: the images that they name."""

CONFIG: Mapping[str, ModuleType] = {
    "dockerfile": hullmark.checks.dockerfile,
    "compose": hullmark.checks.compose,
    "kubernetes": hullmark.checks.kubernetes,
    "workflow": hullmark.checks.workflow,
    "script": hullmark.checks.script,
    "seccomp": hullmark.checks.seccomp,
    "apparmor": hullmark.checks.apparmor,
    REFERENCES: hullmark.checks.references,
}
