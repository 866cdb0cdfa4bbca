"""Who must do what: the clauses of sentences, by rules in files and one matcher for them all."""
