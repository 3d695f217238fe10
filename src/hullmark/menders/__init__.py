"""Menders: one module a file that people write, to bring what it asks for to another version."""
