"""What the record refers to: the law, the rules that it keeps, and the meaning of its columns."""
