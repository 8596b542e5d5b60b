"""Reading text that people wrote: YAML with positions, and problems that say where, what and how to mend."""
