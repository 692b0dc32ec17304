"""The list and one version, for members."""
