"""Tests of what finds councils and things."""
