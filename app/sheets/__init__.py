"""Registers kept in sheets (XLSX, CSV): from bytes to plain cells, and from a row to the values of our forms.

Pure: no database, no window, nothing is ever evaluated, and nothing of a file is kept.
"""
