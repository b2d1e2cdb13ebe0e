"""The sections of the paper, one module each; they read rows and what was typed, and compute nothing."""
