"""The commands, a module each: what a person types, and what is then called."""
