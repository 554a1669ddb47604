"""Papers and sheets on A4: laid out once, shown on screen, written as PDF, sent to a printer."""
