"""Frameworks: what others ask of containers, control by control, and the rules that judge it."""
