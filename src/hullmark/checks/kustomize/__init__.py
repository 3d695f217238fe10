"""Kustomizations built as ``kustomize build`` does, with the file and line of every value.

Reference: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""
