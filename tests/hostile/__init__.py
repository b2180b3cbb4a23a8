"""Attacks on the grader, one a file, and what shows that each of them fails."""
