"""Checks of whole images: one module, one fault of configuration, layers or contents."""
