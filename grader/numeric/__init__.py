"""Pure mathematics of arrays: no files, no clock, no global randomness."""
