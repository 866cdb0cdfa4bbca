"""Find things by what people write: councils by any name, everything by its words."""
