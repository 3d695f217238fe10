"""Checks of single files: one module, one fault that content, mode or name of a file shows."""
