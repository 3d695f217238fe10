"""Checks of Kubernetes manifests: one module, one fault."""
