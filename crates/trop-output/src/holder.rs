//! Who has a socket.

use serde::Serialize;

use crate::escaped;

/// Who has a socket, as far as that is visible. These fields are those of the JSON form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The process.
    pub process_id: Option<u32>,
    /// What it is called.
    pub process_name: Option<String>,
    /// The name of the user whose it is, or the number where there is no name.
    pub user: Option<String>,
}

/// `node 4711 (alice)`, escaped.
pub(crate) fn holder_in_words(holder: &Holder) -> String {
    let Holder { process_id, process_name, user } = holder;
    let name = escaped(process_name.as_deref().unwrap_or("process"));
    let process = process_id.map_or("not visible".to_owned(), |process_id| format!("{name} {process_id}"));
    user.as_ref().map_or(process.clone(), |user| format!("{process} ({})", escaped(user)))
}
