"""Reading what people wrote: YAML with positions; problems that say where, what, how to mend."""
