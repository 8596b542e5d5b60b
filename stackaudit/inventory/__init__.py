"""The inventory: the YAML a person wrote about one company's marketing stack."""
