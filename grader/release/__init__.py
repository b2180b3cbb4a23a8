"""What students get of an assignment, made from its public half alone."""
