"""Consistency: the text against itself."""
