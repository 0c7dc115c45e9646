//! One service of a group, as the search sees it.

use trop_model::Port;

use crate::{Preferred, PreferredRefusal};

/// What one service of a group would like to have.
///
/// No two wishes of one search have the same offset or the same preferred port; `trop_model::GroupSpec` sees to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// How far above the base of the group its port lies, when it is not the preferred one.
    pub offset: u16,
    /// The port to have if possible.
    pub preferred: Option<Preferred>,
}

impl Wish {
    /// The preferred port, unless it was refused.
    pub(crate) fn had(&self, refusal: Option<PreferredRefusal>) -> Option<Port> {
        let preferred = self.preferred?;
        refusal.is_none().then_some(preferred.port)
    }
}
