//! For trop's own tests: a home of its own for each run, port blocks, skipped tests, snapshots
