"""The worker processes, each of which answers one query and is killed at its limit."""
