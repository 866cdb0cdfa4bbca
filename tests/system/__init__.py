"""Tests that start services, kill processes, or need other programs."""
