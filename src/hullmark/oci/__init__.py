"""Image formats: references, manifests, layers, tar streams and digest checking."""
