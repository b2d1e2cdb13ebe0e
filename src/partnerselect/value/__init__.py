"""From what is known of partners to values: money, performance, weights, scores, opinions."""
