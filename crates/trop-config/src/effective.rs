//! All layers, merged.

use crate::layer::Entry;
use crate::{Declaration, FromValue, Layer, Origin, Setting, Value};

/// The values that count, and where each came from.
#[derive(Debug, Clone, Default)]
pub struct Effective {
    pub(crate) layers: Vec<Layer>,
}

impl Effective {
    /// Merges the layers, highest first. What none of them says is built in.
    #[must_use]
    pub fn merged(layers: Vec<Layer>) -> Effective {
        Effective { layers }
    }

    /// The value of a setting: the highest layer's, or for a list of ports what all layers say together.
    #[must_use]
    pub fn get<T: FromValue + Default>(&self, setting: &'static Setting<T>) -> T {
        T::from_value(&self.value(&setting.declaration)).unwrap_or_default()
    }

    /// Where the value of a setting came from.
    #[must_use]
    pub fn origin<T>(&self, setting: &'static Setting<T>) -> Origin {
        self.highest(&setting.declaration).map_or(Origin::Default, |entry| entry.origin)
    }

    pub(crate) fn value(&self, declaration: &'static Declaration) -> Value {
        let built_in = || declaration.rule.parse(declaration.default).unwrap_or(Value::Ports(Vec::new()));
        match self.highest(declaration).map(|entry| &entry.value) {
            None => built_in(),
            Some(Value::Ports(_)) => Value::Ports(self.all_ports(declaration)),
            Some(value) => value.clone(),
        }
    }

    fn highest(&self, declaration: &Declaration) -> Option<&Entry> {
        self.layers.iter().find_map(|layer| layer.find(declaration.key))
    }

    fn all_ports(&self, declaration: &Declaration) -> Vec<trop_model::PortRange> {
        let entries = self.layers.iter().filter_map(|layer| layer.find(declaration.key));
        let lists = entries
            .filter_map(|entry| if let Value::Ports(ranges) = &entry.value { Some(ranges) } else { None });
        lists.flatten().copied().collect()
    }
}
