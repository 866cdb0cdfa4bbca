"""Seeing the service work: what was asked, what became of it, and how much of it there is."""
