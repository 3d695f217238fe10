"""Engine: artifact to report."""

from hullmark.scan.engine import Scanner
from hullmark.scan.settings import Settings

__all__ = ["Scanner", "Settings"]
