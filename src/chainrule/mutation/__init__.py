"""The check of the checker: corrupts what is published, and demands that every corruption is rejected."""
