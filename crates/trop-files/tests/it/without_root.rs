//! Work that permissions bind, for tests that root runs.

use std::panic::resume_unwind;

use rustix::process::{Uid, geteuid};
use rustix::thread::set_thread_res_uid;

/// Not root, whoever it is.
const SOMEBODY: u32 = 65_534;

/// Does `work` as this user, or, when this is root, as somebody else: on a thread of its own, since on Linux it is the thread
/// that has a user (setresuid(2)).
pub(crate) fn without_root(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::spawn(|| {
        if geteuid().is_root() {
            set_thread_res_uid(None, Uid::from_raw(SOMEBODY), None).expect("root may become anybody");
        }
        work();
    });
    if let Err(panic) = thread.join() {
        resume_unwind(panic);
    }
}
