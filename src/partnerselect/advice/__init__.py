"""Numbers into advice: the recommendation, its reasons in words, and the checks of good practice."""
