"""Tests; those of one subject share what makes their small documents."""
