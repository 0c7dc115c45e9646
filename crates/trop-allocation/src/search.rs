//! One search under way: the view of its caller, and what the search itself added to it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use trop_model::Port;

use crate::{Preferred, PreferredRefusal, Probe, Refusal, View, Wish, find_preferred_refusal};

/// A view that hands out no port twice and probes none twice.
pub(crate) struct Search<'v, V> {
    view: &'v mut V,
    /// The ports that were given away, each with the wish that has it.
    given: BTreeMap<Port, usize>,
    probed: BTreeMap<Port, Probe>,
}

impl<'v, V: View> Search<'v, V> {
    pub(crate) fn new(view: &'v mut V) -> Search<'v, V> {
        Search { view, given: BTreeMap::new(), probed: BTreeMap::new() }
    }

    /// Gives `preferred` to `wish`, or says why it cannot be had.
    pub(crate) fn claim(
        &mut self,
        wish: usize,
        preferred: Preferred,
    ) -> Result<Option<PreferredRefusal>, V::Error> {
        let refusal = find_preferred_refusal(preferred, self)?;
        if refusal.is_none() {
            self.given.insert(preferred.port, wish);
        }
        Ok(refusal)
    }

    /// Gives each wish in turn its preferred port, and says by wish why that cannot be had where it cannot.
    pub(crate) fn claim_preferred(
        &mut self,
        wishes: &[Wish],
    ) -> Result<Vec<Option<PreferredRefusal>>, V::Error> {
        let claims = wishes.iter().enumerate();
        claims.map(|(index, wish)| wish.preferred.map_or(Ok(None), |port| self.claim(index, port))).collect()
    }

    /// The wish that was given `port`.
    pub(crate) fn wish_with(&self, port: Port) -> Option<usize> {
        self.given.get(&port).copied()
    }

    /// Whether `port` was probed and lingers.
    pub(crate) fn is_known_to_linger(&self, port: Port) -> bool {
        self.probed.get(&port) == Some(&Probe::Lingering)
    }
}

impl<V: View> View for Search<'_, V> {
    type Error = V::Error;

    fn refusal(&self, port: Port) -> Option<Refusal> {
        if self.given.contains_key(&port) { Some(Refusal::Reserved) } else { self.view.refusal(port) }
    }

    fn reserved_from(&self, port: Port) -> usize {
        self.view.reserved_from(port)
    }

    fn discouraged(&self, port: Port) -> bool {
        self.view.discouraged(port)
    }

    fn probe(&mut self, port: Port) -> Result<Probe, V::Error> {
        match self.probed.entry(port) {
            Entry::Occupied(known) => Ok(*known.get()),
            Entry::Vacant(unknown) => Ok(*unknown.insert(self.view.probe(port)?)),
        }
    }
}
