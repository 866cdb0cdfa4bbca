"""What sentences do, by rules in files."""
