//! Whether the services of a tropfile can ever fit into the range of ports.

use trop_model::{GroupSpec, Misfit, Port, PortRange};

use crate::group::GroupPlaces;
use crate::port_range::written;
use crate::{ConfigError, Effective, Layers, Origin, Problem, settings};

impl Effective {
    /// Whether there is a place in the range for the services that count, whatever is free there. Without services there is.
    ///
    /// # Errors
    /// A base outside the range; else every offset that leads beyond it. Each problem names the place in the tropfile, and the
    /// one where that end of the range was set.
    pub fn require_group_fits(&self) -> Result<(), ConfigError> {
        let problems = self.layers().group_misfits(self.port_range());
        if problems.is_empty() { Ok(()) } else { Err(ConfigError { problems }) }
    }
}

impl Layers {
    /// What of the services that count can never be in that range, which is that of these layers.
    pub(crate) fn group_misfits(&self, range: PortRange) -> Vec<Problem> {
        let highest = self.iter().find(|layer| layer.find(&settings::RESERVATIONS.declaration).is_some());
        let (Some(group), Some(places)) =
            (self.get(&settings::RESERVATIONS), highest.and_then(|layer| layer.group_places.as_ref()))
        else {
            return Vec::new();
        };
        let misfits = group.misfits(range).into_iter();
        misfits
            .map(|misfit| match misfit {
                Misfit::Base(base) => self.base_outside(range, base, places),
                Misfit::Offset { index, port } => self.offset_beyond(range, &group, index, port, places),
            })
            .collect()
    }

    fn base_outside(&self, range: PortRange, base: Port, places: &GroupPlaces) -> Problem {
        let (end, help) = if base < range.first() {
            (self.origin(&settings::PORT_MIN), "raise the base or leave it out, or lower the lowest port")
        } else {
            (self.origin_of_maximum(), "lower the base or leave it out, or raise the highest port")
        };
        Problem {
            message: format!("reservations.base: port {base} lies outside the range {range} ({end})"),
            help: Some(help.to_owned()),
            origins: written([Origin::File(places.base.clone()), end]),
        }
    }

    fn offset_beyond(
        &self,
        range: PortRange,
        group: &GroupSpec,
        index: usize,
        port: u32,
        places: &GroupPlaces,
    ) -> Problem {
        let service = &group.services()[index];
        let base = group.first_base(range);
        let end = self.origin_of_maximum();
        let (base_origin, to_lower) = match group.base() {
            Some(_) => (Origin::File(places.base.clone()), "lower the offset or the base"),
            None => (self.origin(&settings::PORT_MIN), "lower the offset or the lowest port"),
        };
        let to_raise = if range.last() == Port::MAX { "" } else { ", or raise the highest port" };
        Problem {
            message: format!(
                "reservations.services.{tag}.offset: counted from base {base}, an offset of {offset} needs port {port} for {tag}, \
                 above the range {range} ({end})",
                tag = service.tag,
                offset = service.offset,
            ),
            help: Some(format!("{to_lower}{to_raise}")),
            origins: written([Origin::File(places.offsets[index].clone()), base_origin, end]),
        }
    }
}
