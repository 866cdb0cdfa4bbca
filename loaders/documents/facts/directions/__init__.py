"""What a direction says of itself, and what others say of directions."""
