"""Units: one file, one output format (report to text)."""
