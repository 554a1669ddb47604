"""What the screens about people and their records share: words, forms, the page that edits, the list of people."""
