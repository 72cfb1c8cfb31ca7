"""Divisions and the series that they count in, and what can be said of what is absent."""

from auditor.analysis.outline.divisions import Division, Outline, Series, outline

__all__ = ["Division", "Outline", "Series", "outline"]
