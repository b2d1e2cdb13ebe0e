"""A second opinion on the allocator, written from the method's rules alone.

It shares no line with the package: a scenario is a plain dict, an allocation a plain mapping, and
the best allocation is found by trying them all.
"""
