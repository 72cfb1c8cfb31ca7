"""Single characters that OCR confused, and words that it joined or split."""
