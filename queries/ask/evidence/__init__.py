"""What the questions that were asked before tell of one that no way of asking takes whole."""
