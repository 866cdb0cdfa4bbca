"""The pictures, one module each."""
