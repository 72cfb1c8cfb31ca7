"""Parallel texts: two texts side by side, their units matched, and what differs between them.

`units` cuts a text into what is matched, `matching` matches it, `substitutions` learns what is replaced throughout,
`differences` says what is left, and `pair` holds it all together. `twins` finds the pairs inside one document.
"""
