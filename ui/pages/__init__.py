"""The screens of the program. Each asks services for what it shows; none knows another."""
