//! Databases that are damaged in every way that a seeded attacker thinks of. Nothing panics and nothing hangs; what is answered is what
//! the table holds, or it is refused; what is refused stays as it was; and wherever anything is refused, an examination names damage.
//!
//! What is damage: what SQLite's own check finds, tables that are not as trop made them, rows that are not where they are looked for,
//! two rows with one port, and values that no trop would write. A changed byte that leaves none of these behind (another letter in a
//! project, a later time) nobody can see, and no test asks for it.
//!
//! `TROP_DAMAGE_SEED` begins elsewhere, and `TROP_DAMAGE_ROUNDS` goes on for so many rounds.

mod bases;
mod beside;
mod bytes;
mod index;
mod oracle;
mod random;
mod tampered;
