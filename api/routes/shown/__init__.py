"""What the pages of the service need beside the answers in JSON."""
