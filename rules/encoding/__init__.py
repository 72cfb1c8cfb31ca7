"""Characters that were decoded, stored or copied wrongly."""
