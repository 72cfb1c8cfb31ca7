"""How well and how fast auditor works, measured on texts that are not part of it.

``python -m benchmarks DATA_FOLDER [PART …]`` prints the figures; see README.md.
"""
