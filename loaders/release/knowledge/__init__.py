"""What would have been worked out by what had been published until an earlier day."""
