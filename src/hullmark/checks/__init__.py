"""Checks: one module, one fault, and how it is seen in a file, an image or a resource."""

from hullmark.checks.kinds import Claim, Detector, FileCheck, ImageCheck, Signature

__all__ = ["Claim", "Detector", "FileCheck", "ImageCheck", "Signature"]
