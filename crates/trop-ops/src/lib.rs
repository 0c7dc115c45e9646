//! What trop does: plan on a ledger, then apply in one transaction.
//!
//! A planner ([`plan_reserve`], [`plan_group`], [`plan_release`], [`plan_migrate`], [`plan_clean_up`]) reads a
//! [`Ledger`](trop_model::Ledger) and answers with a [`Plan`]: the final rows, what to tell the user, and the answer. It changes
//! nothing itself. [`execute`] shows it the rows inside one transaction and commits what it planned; [`preview`] does the same
//! without the commit, so that a dry run is the real plan on the real rows.
//!
//! What is slow or can hang, such as looking at directories or asking git, never happens inside the transaction. A planner that
//! lacks such a fact answers [`Step::Needs`]; the transaction is rolled back, the closure that the caller brought gathers the
//! fact, and planning starts again. Rows that changed meanwhile are left alone.
//!
//! [`diagnose`] judges what is known of the health of a data directory ([`HealthFacts`]) and says which remedy fits.
//!
//! Not here, ever: arguments, configuration files, output, sockets, the file system, git, the clock. They come in as plain data and
//! closures.

mod clean;
mod diagnose;
mod empty;
mod error;
mod execute;
mod facts;
mod group;
mod group_base;
mod group_error;
mod group_search;
mod guard;
mod health;
mod labels;
mod list;
mod migrate;
mod plan;
mod policy;
mod refused;
mod release;
mod remark;
mod reserve;
mod row;
mod target;
mod view;

pub use clean::{CleanUp, Prune, plan_clean_up};
pub use diagnose::diagnose;
pub use empty::plan_empty;
pub use error::{BoxedError, KeptLabel, NoneLeft, OpsError};
pub use execute::{execute, preview};
pub use facts::{Facts, FoundLabels, LookedAt, Needs};
pub use group::{GroupRequest, plan_group};
pub use group_error::{Anchor, BlockedService, CannotJoin, NoPlaceLeft, Obstacle};
pub use guard::{Unrelated, require_related};
pub use health::{
    Check, CheckStatus, Concern, DatabaseState, DirectoryState, Exposed, HealthFacts, Remedy,
    ServedElsewhere, Servers, Unwritable,
};
pub use labels::{Labelling, Naming};
pub use list::{Filter, list, list_projects};
pub use migrate::{Collision, MigrateRequest, Route, plan_migrate};
pub use plan::{Plan, Step};
pub use policy::{Policy, ProbePort};
pub use refused::RefusedPort;
pub use release::{ReleaseRequest, Selection, plan_release};
pub use remark::{Importance, Remark, Said};
pub use reserve::{ReserveRequest, plan_reserve};
pub use row::Assigned;
pub use target::Target;

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
