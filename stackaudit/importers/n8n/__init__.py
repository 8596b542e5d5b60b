"""n8n: exported workflows, what they read and what they write."""
