//! The SQLite file that holds the reservations
