"""How one version continues another."""
