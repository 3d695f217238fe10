"""Benchmarks: each is a module that is run by its name."""
