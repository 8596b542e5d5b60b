"""RudderStack: an exported workspace, as JSON or as the YAML of its command line tool."""
