"""Detectors of secrets: one module, one form that keys, tokens or passwords have."""
