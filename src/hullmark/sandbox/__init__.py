"""Where untrusted bytes are read: jailed processes, forked from a preloaded zygote."""

from hullmark.sandbox.jail import OF_PARSERS, Limits, lock
from hullmark.sandbox.zygote import Crash, Job, Zygote

__all__ = ["OF_PARSERS", "Crash", "Job", "Limits", "Zygote", "lock"]
