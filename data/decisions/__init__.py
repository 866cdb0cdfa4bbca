"""Reviewed decisions: corrections, differences, identity, readings of odd rows."""
