"""Checks of files of docker compose: one module, one fault."""
