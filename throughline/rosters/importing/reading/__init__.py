"""Reading a roster, whatever it holds: bytes to rows and remarks. Pure: no database, and in memory no more than a row at a time."""
