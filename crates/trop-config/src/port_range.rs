//! The port range, which three settings make together.

use trop_model::{Port, PortRange};

use crate::effective::Layers;
use crate::layer::Entry;
use crate::{Origin, Problem, Value, settings};

impl Layers {
    /// The range of ports to hand out.
    ///
    /// `ports.max` and `ports.max_offset` replace each other: the highest layer that has one of them decides. A `ports.min`
    /// above the built-in maximum keeps the built-in width, up to 65535.
    ///
    /// The problem names the places: a minimum above a maximum that somebody wrote, or an offset that leads beyond 65535.
    pub(crate) fn port_range(&self) -> Result<PortRange, Problem> {
        let min = self.port_min();
        let min_origin = self.origin(&settings::PORT_MIN);
        let entry = self.maximum();
        let max_origin = self.origin_of_maximum();
        let max = match entry.map(|entry| &entry.value) {
            Some(Value::Port(max)) => *max,
            Some(Value::Number(offset)) => counted_from(min, *offset).ok_or_else(|| Problem {
                message: format!(
                    "{max_origin}: counted from port {min} ({min_origin}), an offset of {offset} leads beyond 65535"
                ),
                help: Some("lower the offset or the lowest port".to_owned()),
                origins: vec![max_origin.clone(), min_origin.clone()],
            })?,
            _ => built_in_maximum(min),
        };
        PortRange::new(min, max).map_err(|_| Problem {
            message: format!(
                "the lowest port, {min} ({min_origin}), is above the highest, {max} ({max_origin})"
            ),
            help: Some("lower the one or raise the other".to_owned()),
            origins: written([min_origin, max_origin]),
        })
    }

    /// Where the highest port comes from, however it was written.
    #[must_use]
    pub fn origin_of_maximum(&self) -> Origin {
        self.maximum().map_or(Origin::Default, |entry| entry.origin.clone())
    }

    fn port_min(&self) -> Port {
        match self.value(&settings::PORT_MIN.declaration) {
            Some(Value::Port(min)) => min,
            _ => Port::MIN,
        }
    }

    /// What the highest layer that limits the range says: a port or an offset.
    fn maximum(&self) -> Option<&Entry> {
        self.iter().find_map(|layer| {
            let max = layer.find(&settings::PORT_MAX.declaration);
            max.or_else(|| layer.find(&settings::PORT_MAX_OFFSET.declaration))
        })
    }
}

fn counted_from(min: Port, offset: u32) -> Option<Port> {
    Port::try_from(i64::from(min.get()) + i64::from(offset)).ok()
}

/// The built-in maximum, or, above it, the built-in width.
fn built_in_maximum(min: Port) -> Port {
    let built_in =
        |default: Option<&str>| default.and_then(|default| default.parse::<u16>().ok()).unwrap_or(0);
    let max = built_in(settings::PORT_MAX.declaration.default);
    if min.get() <= max {
        return Port::new(max).unwrap_or(min);
    }
    let width = built_in(settings::PORT_MAX_OFFSET.declaration.default);
    Port::new(min.get().saturating_add(width)).unwrap_or(Port::MAX)
}

/// The places that somebody wrote at, files first: those can be shown.
pub(crate) fn written<const N: usize>(origins: [Origin; N]) -> Vec<Origin> {
    let mut written: Vec<Origin> = origins.into_iter().filter(|origin| *origin != Origin::Default).collect();
    written.sort_by_key(|origin| !matches!(origin, Origin::File(_)));
    written
}
