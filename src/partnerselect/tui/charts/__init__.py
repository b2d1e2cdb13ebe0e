"""Pictures made of characters: pure functions from rows to styled text.

Styles name colours of the theme (`$tight`, `$part-1`), so one drawing serves light, dark and
monochrome; a glyph or letter says what the hue says.
"""
