//! Whether the services of a tropfile can ever fit into the range of ports.

use trop_model::{Misfit, Port, PortRange, find_misfits};

use crate::group::{WrittenGroup, WrittenOffset};
use crate::port_range::written;
use crate::{ConfigError, Effective, Layer, Layers, Origin, Problem, settings};

impl Effective {
    /// Whether there is a place in the range for the services that count, whatever is free there. Without services there is.
    ///
    /// # Errors
    /// A base outside the range, and every offset that leads beyond it. Each problem names the place in the tropfile, and the one
    /// where that end of the range was set.
    pub fn require_group_fits(&self) -> Result<(), ConfigError> {
        let problems = self.layers().group_misfits(self.port_range());
        if problems.is_empty() { Ok(()) } else { Err(ConfigError { problems }) }
    }
}

impl Layers {
    /// What of the services that count can never be in that range, which is that of these layers.
    pub(crate) fn group_misfits(&self, range: PortRange) -> Vec<Problem> {
        let declaration = &settings::RESERVATIONS.declaration;
        let has_it = |layer: &&Layer| layer.find(declaration).is_some() || layer.is_unusable(declaration);
        let Some(group) = self.iter().find(has_it).and_then(|layer| layer.group.as_ref()) else {
            return Vec::new();
        };
        let offsets: Vec<u16> = group.offsets.iter().map(|written| written.offset).collect();
        let misfits = find_misfits(range, group.base, &offsets).into_iter();
        misfits
            .map(|misfit| match misfit {
                Misfit::Base(base) => self.base_outside(range, base, group),
                Misfit::Offset { index, port } => {
                    self.offset_beyond(range, group, &group.offsets[index], port)
                }
            })
            .collect()
    }

    fn base_outside(&self, range: PortRange, base: Port, group: &WrittenGroup) -> Problem {
        let (end, help) = if base < range.first() {
            (self.origin(&settings::PORT_MIN), "raise the base or leave it out, or lower the lowest port")
        } else {
            (self.origin_of_maximum(), "lower the base or leave it out, or raise the highest port")
        };
        Problem {
            message: format!("reservations.base: port {base} lies outside the range {range} ({end})"),
            help: Some(help.to_owned()),
            origins: written([Origin::File(group.base_place.clone()), end]),
        }
    }

    fn offset_beyond(
        &self,
        range: PortRange,
        group: &WrittenGroup,
        WrittenOffset { tag, offset, place }: &WrittenOffset,
        port: u32,
    ) -> Problem {
        let end = self.origin_of_maximum();
        let (base, base_origin, to_lower) = match group.base.filter(|base| range.contains(*base)) {
            Some(base) => (base, Origin::File(group.base_place.clone()), "lower the offset or the base"),
            None => (range.first(), self.origin(&settings::PORT_MIN), "lower the offset or the lowest port"),
        };
        let to_raise = if range.last() == Port::MAX { "" } else { ", or raise the highest port" };
        Problem {
            message: format!(
                "reservations.services.{tag}.offset: counted from base {base}, an offset of {offset} needs port {port} for {tag}, \
                 above the range {range} ({end})",
            ),
            help: Some(format!("{to_lower}{to_raise}")),
            origins: written([Origin::File(place.clone()), base_origin, end]),
        }
    }
}
