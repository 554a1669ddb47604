"""The indicators: each a pure function from facts to tables (list ``indicators``, with the formulas)."""
