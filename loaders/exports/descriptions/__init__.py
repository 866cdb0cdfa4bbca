"""The descriptions that stand beside the files of an export, one module a vocabulary."""
