"""How lines become items, sections and signatures."""
