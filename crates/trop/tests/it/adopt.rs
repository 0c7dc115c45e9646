//! Databases of trop 0.1 and 0.2: taken over with every row by whoever writes first, or refused and left alone.

mod asking;
mod copies;
mod full_disk;
mod killed;
mod newer;
mod old;
mod read_only;
mod refused;
mod samples;
mod together;
mod unfinished;
