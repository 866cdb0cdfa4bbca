"""What inspection reports and letters say, and what others say of inspections."""
