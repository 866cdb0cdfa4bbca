"""Tests of the contract: what is described is what is answered."""
