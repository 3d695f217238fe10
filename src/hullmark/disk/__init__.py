"""Mounted file systems: walked by descriptor, never through a link."""
