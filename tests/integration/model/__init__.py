"""Tests of the model: what a build says in the default graph, and what follows from it."""
