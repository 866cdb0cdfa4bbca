"""Pictures from questions of the catalogue: what each shows, and how it is drawn."""
