"""Decisions: what editors ruled on findings, in a file beside the texts or in the texts themselves.

`decision` holds the values and their file, `remarks` what stands in a text, `matching` brings decisions and findings
together. What became of each decision (`use.Use`) is judged by rules of scope ``decision``, in the family of that name.
"""
