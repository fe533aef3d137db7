"""Template tags of exchanges."""
