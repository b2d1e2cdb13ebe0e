"""The sections of the paper, one module each.

They read rows and what was typed, and compute nothing.
"""
