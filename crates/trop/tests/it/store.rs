//! Where the reservations are kept, seen from outside: made, locked, not to be written, not to be used.

mod locked;
mod nothing_there;
mod owners;
mod read_only;
mod refused;
mod set_up;
