"""Choose partners programme by programme, and see how sure the choice is."""
