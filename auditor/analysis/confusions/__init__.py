"""What OCR confuses, and which words a wrong one may have been."""

from auditor.analysis.confusions.candidates import Candidate, candidates
from auditor.analysis.confusions.tables import Table, table

__all__ = ["Candidate", "Table", "candidates", "table"]
