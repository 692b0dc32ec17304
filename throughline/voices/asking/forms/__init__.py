"""What is filled in while a listening is composed and run."""
