"""Papers and workbooks: what leaves the tool for people who will never open it."""
