"""Licence statements as SPDX expressions."""
