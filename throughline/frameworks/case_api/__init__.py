"""What other software reads at /ims/case/."""
