"""Generated inventories of any size, and what an audit of them costs."""
