"""Rules that hold for every file."""
