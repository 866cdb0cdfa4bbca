"""A text as it is read: plain characters, slips of recognition, labels, numbers and months."""
