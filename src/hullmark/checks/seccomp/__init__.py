"""Checks of seccomp profiles: one module, one fault."""
