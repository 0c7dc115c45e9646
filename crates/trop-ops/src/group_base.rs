//! Where a stored group is: what its services say of the base, and which of them are elsewhere.

use crate::group::Member;
use crate::{Remark, Said};

/// What the services that stay, and are not on their preferred port, say of the base: their port less their offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// There is no such service.
    Unsettled,
    /// They agree. The base itself may be no port.
    Settled(i32),
    /// They do not agree.
    Disputed,
}

impl Base {
    pub(crate) fn of(members: &[Member<'_>]) -> Base {
        let mut bases = members.iter().filter_map(|member| Some(member.anchor()?.base()));
        match bases.next() {
            None => Base::Unsettled,
            Some(base) if bases.all(|other| other == base) => Base::Settled(base),
            Some(_) => Base::Disputed,
        }
    }
}

/// A remark on each wanted service that stays where the tropfile would not place it. Where the base is disputed, the one that most
/// services have is right, and among several such that of the service that is listed first.
pub(crate) fn differences(members: &[Member<'_>]) -> Vec<Remark> {
    let bases: Vec<i32> = members.iter().filter_map(|member| Some(member.anchor()?.base())).collect();
    let support = |base: i32| bases.iter().filter(|other| **other == base).count();
    // The last of equals is found, so the first is asked for from behind.
    let accepted = bases.iter().rev().copied().max_by_key(|base| support(*base));
    let wanted = members.iter().filter(|member| member.is_wanted);
    wanted.filter_map(|member| difference(member, accepted?)).collect()
}

fn difference(member: &Member<'_>, accepted: i32) -> Option<Remark> {
    let anchor = member.anchor()?;
    let said = match member.service.preferred {
        Some(preferred) => Said::Preferred(preferred),
        None if anchor.base() == accepted => return None,
        None => Said::Offset { offset: anchor.offset, base: accepted },
    };
    Some(Remark::ServiceKept { service: anchor.service, kept: anchor.port, said })
}
