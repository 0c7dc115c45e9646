//! Where a stored group is: what its services say of the base, and which of them are elsewhere.

use trop_model::{Port, Service};

use crate::group::Member;
use crate::{Anchor, RefusedPort, Remark, Said};

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

/// Remarks on the wanted services that stay where the tropfile would not place them. Of the bases that they imply, the one of more than
/// half of them is right; where there is none, all of them are named at once.
///
/// A preferred port that somebody else has, or that is excluded, is no difference: the service is where the tropfile places it without.
///
/// # Errors
/// When `find_refusal`, which tells why a preferred port cannot be had on record, fails.
pub(crate) fn differences<E>(
    members: &[Member<'_>],
    find_refusal: impl Fn(&Service, Port) -> Result<Option<RefusedPort>, E>,
) -> Result<Vec<Remark>, E> {
    let anchors: Vec<Anchor> = members.iter().filter_map(Member::anchor).collect();
    let support = |base: i32| anchors.iter().filter(|anchor| anchor.base() == base).count();
    let accepted = anchors.iter().map(Anchor::base).find(|base| anchors.len() < 2 * support(*base));
    let mut remarks = Vec::new();
    let mut is_disputed = false;
    for Member { service, .. } in members.iter().filter(|member| member.is_wanted) {
        let Some(anchor) = anchors.iter().find(|anchor| anchor.service == service.tag) else { continue };
        let (tag, kept) = (anchor.service.clone(), anchor.port);
        let refused = match service.preferred {
            Some(preferred) => match find_refusal(service, preferred)? {
                None => {
                    remarks.push(Remark::ServiceKept {
                        service: tag,
                        kept,
                        said: Said::Preferred(preferred),
                    });
                    continue;
                }
                refused => refused,
            },
            None => None,
        };
        match accepted {
            None => is_disputed = true,
            Some(base) if base != anchor.base() => {
                let said = Said::Offset { offset: anchor.offset, base };
                remarks.push(Remark::ServiceKept { service: tag, kept, said });
            }
            Some(_) => {
                remarks.extend(refused.map(|refused| Remark::PreferredPortStillRefused { refused, kept }));
            }
        }
    }
    if is_disputed {
        remarks.push(Remark::OffsetsDisagree(anchors));
    }
    Ok(remarks)
}
