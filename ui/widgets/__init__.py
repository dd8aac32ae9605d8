"""Small things that pages are made of. They show values; they do not fetch them."""
