"""What is written down once and compared ever after.

`python -m tests.golden.regenerate` writes it anew.
"""
