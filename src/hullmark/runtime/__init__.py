"""Engine: what a container needs when it runs, as profiles that allow no more."""
