"""What the record refers to: the law, its rules, its columns and its context."""
