"""The family numbering."""
