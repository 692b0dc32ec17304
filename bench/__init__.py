"""What pages and verbs cost: `make bench` measures and writes `bench/results.md`."""
