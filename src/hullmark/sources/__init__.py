"""Units: one file, one source (target to layers or files)."""
