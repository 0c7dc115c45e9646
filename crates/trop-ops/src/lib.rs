//! What trop does: plan on a ledger, then apply in one transaction
