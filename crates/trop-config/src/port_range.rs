//! The port range, which three settings make together.

use trop_model::{Port, PortRange};

use crate::layer::Entry;
use crate::{ConfigError, Effective, FromValue, Problem, Setting, Value, settings};

impl Effective {
    /// The range of ports to hand out.
    ///
    /// `ports.max` and `ports.max_offset` replace each other: the highest layer that has one of them decides. A `ports.min`
    /// above the built-in maximum keeps the built-in width, up to 65535.
    ///
    /// # Errors
    /// When one layer has both ways to write the maximum, when the minimum is above a maximum that somebody wrote, and when
    /// an offset leads beyond 65535. The problem names the places.
    pub fn port_range(&self) -> Result<PortRange, ConfigError> {
        let min = self.get_port(&settings::PORT_MIN);
        let max = match self.highest_maximum()? {
            None => self.built_in_maximum(min),
            Some(Entry { value: Value::Number(offset), origin, .. }) => {
                let max = Port::try_from(i64::from(min.get()) + i64::from(*offset)).map_err(|_| Problem {
                    message: format!(
                        "{origin}: counted from port {min}, an offset of {offset} leads beyond 65535"
                    ),
                    origins: vec![*origin, self.origin(&settings::PORT_MIN)],
                })?;
                return Ok(PortRange::new(min, max).unwrap_or(PortRange::from(min)));
            }
            Some(_) => self.get_port(&settings::PORT_MAX),
        };
        PortRange::new(min, max).map_err(|_| {
            let (lower, upper) = (self.origin(&settings::PORT_MIN), self.origin(&settings::PORT_MAX));
            let message = format!("the lowest port, {min} ({lower}), is above the highest, {max} ({upper})");
            Problem { message, origins: vec![lower, upper] }.into()
        })
    }

    fn get_port(&self, setting: &'static Setting<Port>) -> Port {
        Port::from_value(&self.value(&setting.declaration)).unwrap_or(Port::MIN)
    }

    /// What the highest layer that limits the range says: a port or an offset.
    fn highest_maximum(&self) -> Result<Option<&Entry>, Problem> {
        for layer in &self.layers {
            let max = layer.find(settings::PORT_MAX.declaration.key);
            let max_offset = layer.find(settings::PORT_MAX_OFFSET.declaration.key);
            if let (Some(max), Some(max_offset)) = (max, max_offset) {
                let (one, other) = (max.origin, max_offset.origin);
                let message =
                    format!("{one} and {other} are two ways to set the highest port, and only one can hold");
                return Err(Problem { message, origins: vec![one, other] });
            }
            if max.is_some() || max_offset.is_some() {
                return Ok(max.or(max_offset));
            }
        }
        Ok(None)
    }

    /// The built-in maximum, or, above it, the built-in width.
    fn built_in_maximum(&self, min: Port) -> Port {
        let max = self.get_port(&settings::PORT_MAX);
        if min <= max {
            return max;
        }
        let width = settings::PORT_MAX_OFFSET.declaration.default.parse().unwrap_or(0);
        Port::new(min.get().saturating_add(width)).unwrap_or(Port::MAX)
    }
}
