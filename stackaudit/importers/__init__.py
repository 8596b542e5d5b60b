"""From what people have to an inventory: exports, lists, registers, APIs and the website itself.

An importer reads one kind of source and says what it *found* (:mod:`stackaudit.importers.model`);
what several sources found is joined by name (:mod:`stackaudit.importers.combine`) and written as a
new inventory or merged into one that is there. Third parties add importers through the entry-point
group ``stackaudit.importers``.
"""
