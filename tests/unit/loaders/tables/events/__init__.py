"""Tests of `loaders/tables/events`."""
