"""Is an assignment sound? What is known to be right or wrong is graded, and that is judged."""
