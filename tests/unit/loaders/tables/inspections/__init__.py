"""Tests of `loaders/tables/inspections`."""
