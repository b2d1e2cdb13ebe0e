"""The words for numbers, limits and states, each in one place."""
