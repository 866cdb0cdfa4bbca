"""What can be told of the text of a query without running it."""
