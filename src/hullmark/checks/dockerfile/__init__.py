"""Checks of Dockerfiles: one module, one fault that an image would not show."""
