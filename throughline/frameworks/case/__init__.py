"""The CASE format, packages in and out."""
