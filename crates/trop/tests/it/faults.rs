//! Whatever is missing, full, locked, exchanged or refused: the right code, one clear message, and what is stored stays.

mod beside;
mod clock;
mod commands;
mod limits;
mod locks;
mod many;
mod places;
mod replaced;
mod scene;
mod streams;
mod sweep;
