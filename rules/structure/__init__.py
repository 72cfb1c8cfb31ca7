"""The family structure."""
