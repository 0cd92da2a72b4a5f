# The builders of the derived tables of data/world, one file a table.
