"""Helm charts: rendered by a jailed process of its own, which alone loads Helm."""

from hullmark.charts.merging import over
from hullmark.charts.messages import Answer, ChartOptions, Rendered, Request
from hullmark.charts.renderer import Renderer, Unrendered

__all__ = ["Answer", "ChartOptions", "Rendered", "Renderer", "Request", "Unrendered", "over"]
