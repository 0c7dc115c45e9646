//! Users: who this process is, who another one is, and what they are called.

use std::fmt;
use std::fs::Metadata;

use crate::passwd::find_name;

/// Where Unix keeps its list of users (passwd(5)).
const PASSWD: &str = "/etc/passwd";

/// A user's number on Unix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserId(u32);

/// A user, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The number.
    pub id: UserId,
    /// The name, where the system has one on file.
    pub name: Option<String>,
}

impl UserId {
    /// The user with that number.
    #[must_use]
    pub const fn new(number: u32) -> UserId {
        UserId(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Whether this is the user whom permissions do not bind.
    #[must_use]
    pub const fn is_root(self) -> bool {
        self.0 == 0
    }

    /// Whom the file belongs to; `None` except on Unix.
    pub(crate) fn owner_of(metadata: &Metadata) -> Option<UserId> {
        #[cfg(unix)]
        {
            Some(UserId(std::os::unix::fs::MetadataExt::uid(metadata)))
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            None
        }
    }
}

impl User {
    /// The user with that number, and with the name that [`user_name`] finds.
    #[must_use]
    pub fn look_up(id: UserId) -> User {
        User { id, name: user_name(id) }
    }
}

impl fmt::Display for User {
    /// The name, or `user 1234` where there is none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "user {}", self.id.get()),
        }
    }
}

/// The user whose permissions this process has; `None` except on Unix.
#[must_use]
pub fn effective_user() -> Option<UserId> {
    #[cfg(unix)]
    {
        Some(UserId(rustix::process::geteuid().as_raw()))
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// What that user is called according to `/etc/passwd`.
///
/// Users that are on file elsewhere (LDAP, the directory service of macOS) have no name here: asking for it needs the C
/// library.
#[must_use]
pub fn user_name(user: UserId) -> Option<String> {
    let passwd = std::fs::read(PASSWD).ok()?;
    // Somebody's full name in another encoding must not hide everybody's user name.
    let passwd = String::from_utf8_lossy(&passwd);
    find_name(&passwd, user).map(str::to_owned)
}

/// The effective user of a running process; `None` when there is no such process, and everywhere except on Linux.
///
/// Taken from the owner of `/proc/<process_id>`. A process that has made itself undumpable is listed as root's (proc(5)).
#[must_use]
pub fn process_user(process_id: u32) -> Option<UserId> {
    #[cfg(target_os = "linux")]
    {
        let metadata = std::fs::metadata(format!("/proc/{process_id}")).ok()?;
        UserId::owner_of(&metadata)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = process_id;
        None
    }
}
