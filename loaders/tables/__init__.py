"""From the rows of published tables to statements: one mapping a table."""
