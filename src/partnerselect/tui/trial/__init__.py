"""A what-if on the screens: what is changed, the answer so far, and the threads that work it out."""
