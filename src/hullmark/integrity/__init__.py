"""Engine: digests that must hold."""

from hullmark.integrity.digests import Checked, Verifier

__all__ = ["Checked", "Verifier"]
