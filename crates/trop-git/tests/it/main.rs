//! Names, from repositories that the real git made, and from broken ones.
#![cfg(unix)]

mod broken;
mod layouts;
mod names;
mod site;
mod surroundings;
