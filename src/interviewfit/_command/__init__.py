"""The command line, a module for each command; nothing is imported before its use."""
