"""What is measured, and against what. Never part of the test run."""
