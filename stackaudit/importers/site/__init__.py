"""What a page of a website shows of the tools behind it: saved, recorded, or fetched."""
