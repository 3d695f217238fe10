"""Documents of publishers to advisories: one file, one feed."""
