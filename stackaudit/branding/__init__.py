"""What a consultancy adds to a report: its look, and its own words beside the computed ones."""
