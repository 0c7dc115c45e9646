//! All layers, merged.

use trop_model::{Exclusions, PortRange};

use crate::declaration::Files;
use crate::layer::Entry;
use crate::{ConfigError, Declaration, FromValue, Layer, Origin, Problem, Setting, Value, settings};

/// Layers on top of each other, highest first, as far as they have been read. Their problems are not yet looked at.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    layers: Vec<Layer>,
}

/// The values that count, and where each came from. Nothing is wrong with any of them.
#[derive(Debug, Clone)]
pub struct Effective {
    layers: Layers,
    port_range: PortRange,
}

/// A setting with the value that counts.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// What is declared of it.
    pub declaration: &'static Declaration,
    /// Its value; `None` when it has none.
    pub value: Option<Value>,
    /// Where the value came from: one origin, or for a list that is added up all of them, highest first.
    pub origins: Vec<Origin>,
}

impl Layers {
    /// Puts a layer below the others.
    pub fn push(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    pub(crate) fn get<T: FromValue + Default>(&self, setting: &'static Setting<T>) -> T {
        T::from_value(self.value(&setting.declaration).as_ref()).unwrap_or_default()
    }

    /// The value of a setting that is needed before all layers are read.
    ///
    /// # Errors
    /// When the highest layer that has it has a value that cannot be: every problem of that layer.
    pub fn find<T: FromValue + Default>(&self, setting: &'static Setting<T>) -> Result<T, ConfigError> {
        let has_it = |layer: &&Layer| {
            layer.find(&setting.declaration).is_some() || layer.is_unusable(&setting.declaration)
        };
        match self.layers.iter().find(has_it) {
            Some(layer) if layer.is_unusable(&setting.declaration) => {
                Err(ConfigError { problems: layer.problems.clone() })
            }
            _ => Ok(self.get(setting)),
        }
    }

    /// Where the value of a setting came from.
    #[must_use]
    pub fn origin<T>(&self, setting: &'static Setting<T>) -> Origin {
        self.highest(&setting.declaration).map_or(Origin::Default, |entry| entry.origin.clone())
    }

    /// The values, when nothing is wrong in any layer or between them.
    ///
    /// # Errors
    /// Every problem of every layer, and those that appear only when layers come together.
    pub fn merged(self) -> Result<Effective, ConfigError> {
        let (port_range, problems) = self.judged();
        match port_range {
            Some(port_range) if problems.is_empty() => Ok(Effective { layers: self, port_range }),
            _ => Err(ConfigError { problems }),
        }
    }

    /// The range of ports, where it is known, and everything that is wrong.
    pub(crate) fn judged(&self) -> (Option<PortRange>, Vec<Problem>) {
        let mut problems: Vec<Problem> =
            self.layers.iter().flat_map(|layer| layer.problems.clone()).collect();
        if !self.layers.iter().all(Layer::tells_the_port_range) {
            return (None, problems);
        }
        let port_range = self.port_range().map_err(|problem| problems.push(problem)).ok();
        (port_range, problems)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter()
    }

    pub(crate) fn value(&self, declaration: &'static Declaration) -> Option<Value> {
        match self.highest(declaration).map(|entry| &entry.value) {
            None => declaration.default.and_then(|default| declaration.rule.parse(default).ok()),
            Some(Value::Ports(_)) => Some(Value::Ports(self.all_ports(declaration))),
            Some(value) => Some(value.clone()),
        }
    }

    fn highest(&self, declaration: &Declaration) -> Option<&Entry> {
        self.entries(declaration).next()
    }

    fn entries(&self, declaration: &Declaration) -> impl Iterator<Item = &Entry> {
        self.layers.iter().filter_map(move |layer| layer.find(declaration))
    }

    fn all_ports(&self, declaration: &Declaration) -> Vec<PortRange> {
        let lists = self
            .entries(declaration)
            .filter_map(|entry| if let Value::Ports(ranges) = &entry.value { Some(ranges) } else { None });
        lists.flatten().copied().collect()
    }
}

impl Effective {
    /// The value of a setting: the highest layer's, or for a list of ports what all layers say together.
    #[must_use]
    pub fn get<T: FromValue + Default>(&self, setting: &'static Setting<T>) -> T {
        self.layers.get(setting)
    }

    /// Where the value of a setting came from.
    #[must_use]
    pub fn origin<T>(&self, setting: &'static Setting<T>) -> Origin {
        self.layers.origin(setting)
    }

    /// The layers that it was made of.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The range of ports to hand out: `ports.min` to the highest port, however that was written.
    #[must_use]
    pub fn port_range(&self) -> PortRange {
        self.port_range
    }

    /// Every setting that a file may hold, in the order of the table.
    #[must_use]
    pub fn resolved(&self) -> Vec<Resolved> {
        let in_files = settings::ALL.iter().filter(|declaration| declaration.files != Files::None);
        in_files.map(|declaration| self.resolve(declaration)).collect()
    }

    fn resolve(&self, declaration: &'static Declaration) -> Resolved {
        let entries: Vec<&Entry> = self.layers.entries(declaration).collect();
        let value = self.layers.value(declaration);
        let resolved = |value, origins| Resolved { declaration, value, origins };
        match value {
            // However the highest port was written, this is the one.
            _ if is(declaration, &settings::PORT_MAX) => {
                resolved(Some(Value::Port(self.port_range.last())), vec![self.layers.origin_of_maximum()])
            }
            _ if is(declaration, &settings::PORT_MAX_OFFSET) => {
                let width = self.port_range.count() - 1;
                resolved(Some(Value::Number(width)), vec![self.layers.origin_of_maximum()])
            }
            Some(Value::Ports(ranges)) if !entries.is_empty() => {
                let merged: Exclusions = ranges.into_iter().collect();
                let origins = entries.into_iter().map(|entry| entry.origin.clone()).collect();
                resolved(Some(Value::Ports(merged.ranges().to_vec())), origins)
            }
            value => {
                let highest = entries.first().map_or(Origin::Default, |entry| entry.origin.clone());
                resolved(value, vec![highest])
            }
        }
    }
}

fn is<T>(declaration: &Declaration, setting: &'static Setting<T>) -> bool {
    std::ptr::eq(declaration, &setting.declaration)
}
