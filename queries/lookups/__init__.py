"""Look-ups: questions that cannot run long, answered from a table in place of a process."""
