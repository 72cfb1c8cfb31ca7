"""The numbers of paragraphs and points, and the series that they count in."""

from auditor.analysis.enumerators.series import Enumerator, Enumerators, EnumeratorSeries, enumerators, enumerators_at

__all__ = ["Enumerator", "EnumeratorSeries", "Enumerators", "enumerators", "enumerators_at"]
