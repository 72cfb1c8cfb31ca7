"""The family references."""
