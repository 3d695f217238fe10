"""The trees of the agreement benchmark, one module for each kind of maker."""
