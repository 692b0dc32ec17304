"""What a listening takes when a whole school, or a district, answers at once."""
