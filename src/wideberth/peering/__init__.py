"""What nodes say to each other: envelopes, messages, receipts, the ledger; bytes, no sockets."""
