"""What was handed in, read without trusting it: files, zips, notebooks. Nothing of it runs."""
