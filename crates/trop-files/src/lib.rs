//! Changing a file safely, private directories and files, and file locks that wait no longer than they may.
//!
//! There are two kinds of files here. Those that a program keeps for one user are private. [`create_private_directory`] and
//! [`create_private_file`] make what nobody else can use, [`create_private_file_with`] a whole file in one step; [`is_exposed`] finds
//! what somebody else can use, and [`make_private`] mends it, though a [common directory](is_common_directory) is none to be closed.
//! [`require_writable`] finds out without writing whether one could write, [`find_obstacle`] what keeps a directory from being made,
//! and [`require_not_planted`] links that are traps. A [`FileLock`] keeps two processes from doing the same thing at once, and a
//! [`HeldDirectory`] is the same one even when it is moved.
//!
//! Those that belong to the user are somebody else's: [`edit_file`] replaces one in one step and keeps what is no part of its
//! content, its links, its mode and its owner; [`edit_private_file`] differs only in what it makes anew; [`preview_edit`] says what
//! they would do; [`with_block`] keeps some lines in a text up to date, between two marker lines, and leaves every other byte alone.
//!
//! Not here, ever: what the lines of a file mean.

mod block;
mod edit;
mod error;
mod exposed;
mod held_directory;
mod lock;
mod obstacle;
mod owner;
mod planted;
mod private;
mod real_file;
mod replace;
mod writable;

pub use block::{Block, BlockError, with_block};
pub use edit::{Edit, edit_file, edit_private_file, preview_edit};
pub use error::{EditError, FileError};
pub use exposed::{
    can_others_write, is_common_directory, is_exposed, make_private, require_private_possible,
};
pub use held_directory::HeldDirectory;
pub use lock::{FileLock, LockError};
pub use obstacle::{Obstacle, find_obstacle};
pub use planted::require_not_planted;
pub use private::{create_private_directory, create_private_file, create_private_file_with};
pub use real_file::file_behind;
pub use writable::require_writable;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
