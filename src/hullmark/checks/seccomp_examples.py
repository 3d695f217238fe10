"""Seccomp profiles for the examples of checks: one that is fine, with what a check needs."""

import json
from collections.abc import Mapping

MANUAL = "https://man7.org/linux/man-pages/man2/seccomp.2.html"
ENGINE = "https://docs.docker.com/engine/security/seccomp/"
SPEC = "https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp"

Json = Mapping[str, object]


def allowing(*names: str, **more: object) -> str:
    """A profile with one more rule, which allows these calls; ``more`` are its other keys."""
    return profile(rules=({"names": [*names], "action": "SCMP_ACT_ALLOW", **more},))


def profile(*, rules: tuple[Json, ...] = (), **changed: object) -> str:
    """A profile that allows a few calls; keys that are ``None`` are left out."""
    fine = {"names": ["read", "write", "exit_group"], "action": "SCMP_ACT_ALLOW"}
    body: dict[str, object] = {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": 1,
        "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
        "syscalls": [fine, *rules],
        **changed,
    }
    return json.dumps({key: value for key, value in body.items() if value is not None}, indent=1)
