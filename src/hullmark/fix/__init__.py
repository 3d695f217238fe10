"""Engine: a report and a tree to the changes that mend it."""
