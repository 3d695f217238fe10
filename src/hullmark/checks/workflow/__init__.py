"""Checks of workflows that build and run containers: one module, one fault."""
