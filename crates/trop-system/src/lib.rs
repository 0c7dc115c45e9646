//! What only the operating system knows: users, file systems
