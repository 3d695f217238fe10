"""JSON Schemas of what Hullmark writes: package data, one file for each version."""
