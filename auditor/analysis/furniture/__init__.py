"""What belongs to the page and not to the text, and the pages that it shows."""

from auditor.analysis.furniture.found import furniture
from auditor.analysis.furniture.items import Furniture, Item

__all__ = ["Furniture", "Item", "furniture"]
