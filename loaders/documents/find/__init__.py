"""What can be found in any text: dates, councils, people, parties, provisions, grades."""
