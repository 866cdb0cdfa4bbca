"""Tests of our tables beside the files that their facts come from."""
