"""Numbers into advice: the recommendation with its reasons, and the checks of good practice."""
