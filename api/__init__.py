"""The HTTP service: read-only answers from one immutable release."""
