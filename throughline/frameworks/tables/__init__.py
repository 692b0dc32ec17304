"""CSV and XLSX, ours and those of CASE tools, Moodle and Canvas."""
