"""Engine: artifact to report."""

from hullmark.scan.engine import Scanner, Settings

__all__ = ["Scanner", "Settings"]
