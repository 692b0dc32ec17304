"""What reading and staging a roster costs."""
