"""What people start: the command line, and the pages made from units. Engines are composed here."""
