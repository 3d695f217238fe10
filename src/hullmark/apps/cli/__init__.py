"""The command line: one command, one module; exit codes are decided in ``main`` alone."""
