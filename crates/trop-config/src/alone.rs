//! One file without any other layer.

use trop_model::{EnvName, Tag};

use crate::{Layer, Layers, Origin, Place, Problem, settings};

/// What is to be said of a file that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Everything that is wrong with it, in the order of the file.
    pub problems: Vec<Problem>,
    /// The services whose variables many programs look for. That is allowed, and may be meant.
    pub common_variables: Vec<CommonVariable>,
}

/// A service with a variable that many programs look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonVariable {
    /// The variable.
    pub variable: EnvName,
    /// The service.
    pub tag: Tag,
    /// Where the variable stands, or the tag that makes it.
    pub place: Place,
}

impl Layer {
    /// Judges what a file says by itself. What a command would refuse that reads no other file is a problem, and nothing else.
    ///
    /// Whether its services fit into the range is judged where the file has a say in that range. Where it has none, the range is for
    /// other layers to set.
    #[must_use]
    pub fn judge_alone(self) -> Judgement {
        let sets_the_port_range = self.sets_the_port_range();
        let mut layers = Layers::default();
        layers.push(self);
        let (port_range, mut problems) = layers.judged();
        if let Some(port_range) = port_range.filter(|_| sets_the_port_range) {
            problems.extend(layers.group_misfits(port_range));
        }
        problems.sort_by_key(|problem| problem.origins.first().map_or(0, Origin::start));
        Judgement { problems, common_variables: layers.common_variables() }
    }
}

impl Layers {
    fn common_variables(&self) -> Vec<CommonVariable> {
        let written = self.iter().find_map(|layer| layer.group.as_ref());
        let (Some(group), Some(written)) = (self.get(&settings::RESERVATIONS), written) else {
            return Vec::new();
        };
        let services = group.services().iter().zip(&written.variables);
        let common = services.filter(|(service, _)| service.variable.is_common());
        common
            .map(|(service, place)| CommonVariable {
                variable: service.variable.clone(),
                tag: service.tag.clone(),
                place: place.clone(),
            })
            .collect()
    }
}
