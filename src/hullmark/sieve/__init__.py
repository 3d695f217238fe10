"""Content of files against what secrets and malware look like, every byte once."""
