"""Checks of the images that files of all kinds name, one unit a file."""
