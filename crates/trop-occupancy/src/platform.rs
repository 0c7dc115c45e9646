//! The border between operating systems. Each one brings:
//!
//! - `SystemList`: what the system lists, asked after a refused bind;
//! - `bind_overlooks_holder`: whether a bind that succeeded did so beside somebody who holds the port;
//! - `list_sockets`: every socket that the system lists, where it lists any;
//! - `find_held`: which ports are held, with as little noise as can be;
//! - `may_deny`: whether "access denied" can be about that very port;
//! - `errors`: its error numbers for what [`std::io::ErrorKind`] has no name.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::{SystemList, bind_overlooks_holder, errors, find_held, list_sockets, may_deny};

#[cfg(not(target_os = "linux"))]
mod by_binding;
#[cfg(not(target_os = "linux"))]
mod visible;
#[cfg(not(target_os = "linux"))]
pub(crate) use by_binding::find_held;
#[cfg(not(target_os = "linux"))]
pub(crate) use visible::list_sockets;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::{SystemList, bind_overlooks_holder, errors, may_deny};

#[cfg(not(any(target_os = "linux", windows)))]
mod bsd;
#[cfg(not(any(target_os = "linux", windows)))]
pub(crate) use bsd::{SystemList, bind_overlooks_holder, errors, may_deny};
