"""The paper that goes to the board: one content, made of prose and of the tables of `tables`."""
