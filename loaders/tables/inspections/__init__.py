"""The tables of inspections: what was inspected, when, and how it was judged."""
