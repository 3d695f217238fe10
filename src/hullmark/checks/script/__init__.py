"""Checks of shell scripts: one module, one fault."""
