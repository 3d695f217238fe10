"""Units: one file, one parser (file bytes to packages, resources and ownership)."""
