"""Tables of facts that are kept by hand: each row rests on one page, and becomes its claims."""
