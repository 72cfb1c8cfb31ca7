"""Footnotes and tables: their numbers, their places, their rows and sums."""
