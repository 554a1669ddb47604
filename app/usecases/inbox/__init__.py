"""The inbox: heaps of files looked into, taken in by batches, set aside where refused, and answered by receipts."""
