"""Hullmark examines everything that makes a container run, and says whether it may."""

__version__ = "0.1.0"
