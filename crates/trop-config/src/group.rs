//! The services of a tropfile.

use std::ops::Range;

use trop_model::{Clash, Contested, EnvName, GroupSpec, Member, Port, Service, Tag, find_clashes};

use crate::file::{Field, Reading};
use crate::yaml::Kind;
use crate::{Place, Rule, Value};

const OFFSET: Rule = Rule::Number { unit: "PORTS", least: 0, most: 65_534 };

/// A key below `reservations`. It is no setting of its own: a higher file replaces the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupKey {
    /// The key, with dots between the levels.
    pub key: &'static str,
    /// Which values it takes, in words.
    pub values: &'static str,
    /// One sentence on what it does, without a full stop.
    pub help: &'static str,
}

/// What can be said of a group.
pub const GROUP_KEYS: [GroupKey; 5] = [
    GroupKey {
        key: "reservations.base",
        values: "a port",
        help: "Where the search for a place for the group begins, else at the lowest port of the range",
    },
    GroupKey {
        key: "reservations.services",
        values: "services, each under its tag; at least one",
        help: "The services, which are reserved all together or not at all",
    },
    GroupKey {
        key: "reservations.services.TAG.offset",
        values: "a whole number from 0 to 65534, different for each service",
        help: "How far above the base of the group the port lies; one service may leave it out, which means 0",
    },
    GroupKey {
        key: "reservations.services.TAG.preferred",
        values: "a port, different for each service",
        help: "The port to have if possible, inside the range or outside",
    },
    GroupKey {
        key: "reservations.services.TAG.env",
        values: "the name of a variable, different for each service whatever the case of its letters",
        help: "The variable that is to hold the port, else the tag in upper case with - turned into _",
    },
];

/// A group, and the places of what a range of ports may not fit.
pub(crate) struct ReadGroup {
    pub(crate) spec: GroupSpec,
    pub(crate) places: GroupPlaces,
}

/// Where a group says how far it reaches, and which variables it has.
#[derive(Debug, Clone)]
pub(crate) struct GroupPlaces {
    /// The base, or the whole group where it has none.
    pub(crate) base: Place,
    /// The offset of each service, or its tag where that is left out.
    pub(crate) offsets: Vec<Place>,
    /// The variable of each service, or its tag where that makes the variable.
    pub(crate) variables: Vec<Place>,
}

/// A service, and where each thing about it is written. What is not written stands where the tag does.
struct Written {
    service: Service,
    tag: Range<usize>,
    offset: Range<usize>,
    preferred: Range<usize>,
    variable: Range<usize>,
}

/// Reads `reservations`. `None` when something is wrong with it, which has then been said.
pub(crate) fn read(file: &mut Reading, field: Field<'_>) -> Option<ReadGroup> {
    let Kind::Mapping(entries) = &field.value.kind else {
        file.problem(field.span(), format!("{}: services are expected here", field.name));
        return None;
    };
    let (mut base, mut base_span) = (Some(None), field.span());
    let (mut written, mut has_services) = (None, false);
    file.for_each_field(
        &format!("{}.", field.name),
        &["base", "services"],
        entries,
        |file, field| match field.word {
            "base" => (base, base_span) = (read_optional_port(file, field), field.span()),
            _ => (written, has_services) = (read_services(file, field), true),
        },
    );
    if !has_services {
        file.problem(field.key.clone(), format!("{}: the services are missing", field.name));
    }
    let (base, written) = (base?, written?);
    let offsets = written.iter().map(|written| file.place(written.offset.clone())).collect();
    let variables = written.iter().map(|written| file.place(written.variable.clone())).collect();
    let places = GroupPlaces { base: file.place(base_span), offsets, variables };
    let spec = GroupSpec::new(base, services(&written)).ok()?;
    Some(ReadGroup { spec, places })
}

fn read_services(file: &mut Reading, field: Field<'_>) -> Option<Vec<Written>> {
    let entries = match &field.value.kind {
        Kind::Mapping(entries) if !entries.is_empty() => entries,
        kind if field.value.is_null() || matches!(kind, Kind::Mapping(_)) => {
            file.problem(
                field.span(),
                format!("{} is empty, and a group has at least one service", field.name),
            );
            return None;
        }
        _ => {
            file.problem(
                field.span(),
                format!("{}: services are expected here, each under its tag", field.name),
            );
            return None;
        }
    };
    let mut written = Vec::new();
    let mut is_whole = true;
    file.for_each_field(&format!("{}.", field.name), &[], entries, |file, field| {
        match read_service(file, field) {
            Some(service) => written.push(service),
            None => is_whole = false,
        }
    });
    let clashes = find_clashes(&services(&written));
    for clash in &clashes {
        report(file, field.name, clash, &written);
    }
    (is_whole && clashes.is_empty()).then_some(written)
}

fn services(written: &[Written]) -> Vec<Service> {
    written.iter().map(|written| written.service.clone()).collect()
}

fn read_service(file: &mut Reading, field: Field<'_>) -> Option<Written> {
    let tag = field.word.parse::<Tag>();
    let tag = tag.map_err(|error| file.problem(field.key.clone(), format!("{}: {error}", field.name))).ok();
    let at_tag = || field.key.clone();
    let (mut offset, mut offset_span) = (Some(0), at_tag());
    let (mut preferred, mut preferred_span) = (Some(None), at_tag());
    let (mut variable, mut variable_span) = (None, at_tag());
    match &field.value.kind {
        _ if field.value.is_null() => {}
        Kind::Mapping(entries) => {
            let known = ["offset", "preferred", "env"];
            file.for_each_field(&format!("{}.", field.name), &known, entries, |file, field| {
                match field.word {
                    "offset" => (offset, offset_span) = (read_offset(file, field), field.span()),
                    "preferred" => {
                        (preferred, preferred_span) = (read_optional_port(file, field), field.span())
                    }
                    _ => (variable, variable_span) = (read_variable(file, field), field.span()),
                }
            });
        }
        _ => {
            let expected = "as in { offset: 0, env: WEB_PORT }";
            file.problem(
                field.span(),
                format!("{}: keys of its own are expected here, {expected}", field.name),
            );
            return None;
        }
    }
    let variable = match (variable, &tag) {
        (Some(named), _) => named,
        (None, Some(tag)) => variable_of_tag(file, field, tag),
        (None, None) => None,
    };
    let service = Service { tag: tag?, offset: offset?, preferred: preferred?, variable: variable? };
    Some(Written {
        service,
        tag: at_tag(),
        offset: offset_span,
        preferred: preferred_span,
        variable: variable_span,
    })
}

fn read_offset(file: &mut Reading, field: Field<'_>) -> Option<u16> {
    if field.value.is_null() {
        return Some(0);
    }
    match file.read_scalar(OFFSET, field) {
        Some(Value::Number(offset)) => u16::try_from(offset).ok(),
        _ => None,
    }
}

/// `Some(None)` where it is left open.
fn read_optional_port(file: &mut Reading, field: Field<'_>) -> Option<Option<Port>> {
    if field.value.is_null() { Some(None) } else { file.read_port(field).map(Some) }
}

/// `None` where it is left open, `Some(None)` where it is wrong.
fn read_variable(file: &mut Reading, field: Field<'_>) -> Option<Option<EnvName>> {
    if field.value.is_null() {
        return None;
    }
    let name = match field.value.text() {
        Some(name) => name.parse::<EnvName>().map_err(|error| error.to_string()),
        None => Err("the name of a variable is expected here".to_owned()),
    };
    let name = name.map_err(|message| file.problem(field.span(), format!("{}: {message}", field.name)));
    Some(name.ok())
}

fn variable_of_tag(file: &mut Reading, field: Field<'_>, tag: &Tag) -> Option<EnvName> {
    let name = EnvName::of_tag(tag).map_err(|error| {
        file.problem_with_help(
            field.key.clone(),
            format!("{}: the tag makes no variable: {error}", field.name),
            "name a variable with env".to_owned(),
        );
    });
    name.ok()
}

fn report(file: &mut Reading, services: &str, clash: &Clash, written: &[Written]) {
    let span = |member: &Member| {
        let Written { tag, offset, preferred, variable, .. } = &written[member.index];
        match clash.over {
            Contested::Tag => tag.clone(),
            Contested::Offset => offset.clone(),
            Contested::Preferred => preferred.clone(),
            Contested::Variable => variable.clone(),
        }
    };
    file.problem_of_two([span(&clash.second), span(&clash.first)], format!("{services}: {clash}"));
}
