"""What is taken away of a release."""
