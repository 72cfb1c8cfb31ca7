"""The family furniture."""
