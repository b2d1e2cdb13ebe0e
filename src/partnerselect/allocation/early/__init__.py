"""Large cases: a bound first, then an answer, which more time only improves (docs/decisions/0006)."""
