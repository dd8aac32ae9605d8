"""Values become paper: tagged PDF files, made without the screen and without the network."""
