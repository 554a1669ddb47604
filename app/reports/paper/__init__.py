"""What stands on the papers a person or an agency takes in hand, composed in the paper's language. Pure."""
