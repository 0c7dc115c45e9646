//! What all workers share: the ground, how long the storm lasts, and what happened to shared directories.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::storm::Checked;
use crate::storm::alive::Alive;
use crate::storm::ground::Ground;
use crate::storm::options::Length;
use crate::storm::shared::exclusions::{Exclusions, Target};
use crate::storm::shared::history::{Deed, Moment};
use crate::storm::shared::realm::Realm;
use crate::storm::trop::Trop;

/// What all workers share.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) ground: Ground,
    pub(crate) realm: Realm,
    pub(crate) trop: Trop,
    pub(crate) alive: Alive,
    /// Set when one of them failed.
    pub(crate) is_over: AtomicBool,
    /// How many processes were begun, and how many may be before the next rest.
    pub(crate) begun: AtomicU64,
    pub(crate) rest_at: AtomicU64,
    pub(crate) started: Instant,
    pub(crate) length: Length,
    /// What happened to shared directories since the last rest.
    pub(crate) deeds: Mutex<Vec<Deed>>,
    pub(crate) exclusions: Mutex<Exclusions>,
    /// Held by who makes or deletes a shared directory.
    pub(crate) passing: Mutex<()>,
    /// Sockets that are bound while the storm lasts.
    pub(crate) occupied: Vec<TcpListener>,
}

impl Scene {
    /// Whether the storm is over.
    pub(crate) fn has_ended(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
            || match self.length {
                Length::Time(time) => time <= self.started.elapsed(),
                Length::Invocations(count) => count <= self.begun.load(Ordering::Relaxed),
            }
    }

    /// Lets so many more processes begin.
    pub(crate) fn begin_chapter(&self, processes: u64) {
        let end = self.begun.load(Ordering::Relaxed) + processes;
        let end = match self.length {
            Length::Time(_) => end,
            Length::Invocations(count) => end.min(count),
        };
        self.rest_at.store(end, Ordering::Relaxed);
    }

    /// Whether one more process is to be started, which then counts.
    pub(crate) fn goes_on(&self) -> bool {
        let rest_at = self.rest_at.load(Ordering::Relaxed);
        let one_more = |begun: u64| (begun < rest_at).then_some(begun + 1);
        !self.has_ended() && self.begun.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).is_ok()
    }

    /// The time, for what happens to shared directories.
    pub(crate) fn now(&self) -> Moment {
        u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    pub(crate) fn deeds(&self) -> MutexGuard<'_, Vec<Deed>> {
        self.deeds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever holds this is alone in making or deleting a shared directory.
    pub(crate) fn alone(&self) -> MutexGuard<'_, ()> {
        self.passing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn exclusions(&self) -> MutexGuard<'_, Exclusions> {
        self.exclusions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file that it is about. That of the data directory is not there from the start.
    pub(crate) fn file_of(&self, target: Target) -> PathBuf {
        match target.tropfile() {
            Some(file) => self.realm.tropfile(file).into(),
            None => self.ground.data_directory().join("config.yaml"),
        }
    }

    /// Requires of a file that is there that it holds what it should, whoever is editing it just now.
    pub(crate) fn require_exclusions(&self, target: Target) -> Checked {
        // Nothing is asked for or acknowledged while it is read.
        let exclusions = self.exclusions();
        let file = self.file_of(target);
        let text =
            fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let complaint = |complaint| format!("{}: {complaint}:\n{text}", file.display());
        exclusions.require_in(target, &text).map_err(complaint)
    }
}
