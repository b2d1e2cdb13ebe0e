"""One file for each screen; each answers the question in its title."""
