//! The services of a tropfile.

use std::ops::Range;

use trop_model::{
    Claims, Clash, Contested, EnvName, GroupSpec, Member, Port, Service, Tag, find_clashes, quoted,
};

use crate::file::{Field, Reading, has_only};
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

/// What was read of a group, be the rest as wrong as it may.
pub(crate) struct ReadGroup {
    /// The group; `None` when something is wrong with it, which has then been said.
    pub(crate) spec: Option<GroupSpec>,
    pub(crate) written: WrittenGroup,
}

/// How far a group reaches and which variables it has, and where it says so.
#[derive(Debug, Clone)]
pub(crate) struct WrittenGroup {
    /// `None` where it is left open or wrong.
    pub(crate) base: Option<Port>,
    /// The base, or the whole group where it has none.
    pub(crate) base_place: Place,
    pub(crate) offsets: Vec<WrittenOffset>,
    /// The variable of each service, or its tag where that makes the variable.
    pub(crate) variables: Vec<Place>,
}

/// An offset that is one.
#[derive(Debug, Clone)]
pub(crate) struct WrittenOffset {
    /// What its service is called.
    pub(crate) tag: String,
    pub(crate) offset: u16,
    /// The offset, or the tag where it is left out.
    pub(crate) place: Place,
}

/// What was read of a service: `None` for each thing that is wrong. What is not written stands where the tag does.
struct Written {
    /// What it is called, whether that is a tag or not.
    name: String,
    tag: Option<Tag>,
    offset: Option<u16>,
    preferred: Option<Option<Port>>,
    variable: Option<EnvName>,
    spans: Spans,
}

struct Spans {
    tag: Range<usize>,
    offset: Range<usize>,
    preferred: Range<usize>,
    variable: Range<usize>,
}

/// Reads `reservations`.
pub(crate) fn read(file: &mut Reading, field: Field<'_>) -> Option<ReadGroup> {
    let Kind::Mapping(entries) = &field.value.kind else {
        file.problem(field.span(), format!("{}: services are expected here", field.name));
        return None;
    };
    let known = ["base", "services"];
    let (mut base, mut base_span) = (Some(None), field.span());
    let mut services = None;
    file.for_each_field(&format!("{}.", field.name), &known, entries, |file, field| match field.word {
        "base" => (base, base_span) = (read_optional_port(file, field), field.span()),
        _ => services = Some(read_services(file, field)),
    });
    if services.is_none() && has_only(&known, entries) {
        file.problem(field.key.clone(), format!("{}: the services are missing", field.name));
    }
    let services = services.unwrap_or_default();
    let complete: Option<Vec<Service>> = services.iter().map(Written::service).collect();
    // What clashes makes no group, and neither does nothing.
    let spec = base.zip(complete).and_then(|(base, services)| GroupSpec::new(base, services).ok());
    let variables = services.iter().map(|service| file.place(service.spans.variable.clone())).collect();
    let offsets = services.into_iter().filter_map(|service| {
        let place = file.place(service.spans.offset);
        Some(WrittenOffset { tag: service.name, offset: service.offset?, place })
    });
    let offsets = offsets.collect();
    let written =
        WrittenGroup { base: base.flatten(), base_place: file.place(base_span), offsets, variables };
    Some(ReadGroup { spec, written })
}

fn read_services(file: &mut Reading, field: Field<'_>) -> Vec<Written> {
    let entries = match &field.value.kind {
        Kind::Mapping(entries) if !entries.is_empty() => entries,
        kind if field.value.is_null() || matches!(kind, Kind::Mapping(_)) => {
            file.problem(
                field.span(),
                format!("{} is empty, and a group has at least one service", field.name),
            );
            return Vec::new();
        }
        _ => {
            file.problem(
                field.span(),
                format!("{}: services are expected here, each under its tag", field.name),
            );
            return Vec::new();
        }
    };
    let mut services = Vec::new();
    file.for_each_field(&format!("{}.", field.name), &[], entries, |file, field| {
        services.push(read_service(file, field));
    });
    let claims: Vec<Claims<'_>> = services.iter().map(Written::claims).collect();
    for clash in find_clashes(&claims) {
        report(file, field.name, &clash, &services);
    }
    services
}

fn read_service(file: &mut Reading, field: Field<'_>) -> Written {
    let tag = field.word.parse::<Tag>();
    let tag = tag.map_err(|error| file.problem(field.key.clone(), format!("{}: {error}", field.name))).ok();
    let at_tag = || field.key.clone();
    let mut service = Written {
        name: tag.as_ref().map_or_else(|| quoted(field.word), Tag::to_string),
        tag,
        offset: None,
        preferred: Some(None),
        variable: None,
        spans: Spans { tag: at_tag(), offset: at_tag(), preferred: at_tag(), variable: at_tag() },
    };
    let no_entries = Vec::new();
    let entries = match &field.value.kind {
        _ if field.value.is_null() => &no_entries,
        Kind::Mapping(entries) => entries,
        _ => {
            let expected = "as in { offset: 0, env: WEB_PORT }";
            file.problem(
                field.span(),
                format!("{}: keys of its own are expected here, {expected}", field.name),
            );
            return service;
        }
    };
    let known = ["offset", "preferred", "env"];
    // Behind a key that is not known may stand what seems to be left out.
    let says_all = has_only(&known, entries);
    let (mut offset, mut variable) = (says_all.then_some(0), None);
    file.for_each_field(&format!("{}.", field.name), &known, entries, |file, field| match field.word {
        "offset" => (offset, service.spans.offset) = (read_offset(file, field), field.span()),
        "preferred" => {
            (service.preferred, service.spans.preferred) = (read_optional_port(file, field), field.span());
        }
        _ => (variable, service.spans.variable) = (read_variable(file, field), field.span()),
    });
    service.offset = offset;
    service.variable = match (variable, &service.tag) {
        (Some(named), _) => named,
        (None, Some(tag)) if says_all => variable_of_tag(file, field, tag),
        (None, _) => None,
    };
    service
}

impl Written {
    /// The service, when nothing is wrong with it.
    fn service(&self) -> Option<Service> {
        let Written { tag, offset, preferred, variable, .. } = self;
        Some(Service {
            tag: tag.clone()?,
            offset: (*offset)?,
            preferred: (*preferred)?,
            variable: variable.clone()?,
        })
    }

    fn claims(&self) -> Claims<'_> {
        Claims {
            tag: &self.name,
            offset: self.offset,
            preferred: self.preferred.flatten(),
            variable: self.variable.as_ref(),
        }
    }
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
        let Spans { tag, offset, preferred, variable } = &written[member.index].spans;
        match clash.over {
            Contested::Tag => tag.clone(),
            Contested::Offset => offset.clone(),
            Contested::Preferred => preferred.clone(),
            Contested::Variable => variable.clone(),
        }
    };
    file.problem_of_two([span(&clash.second), span(&clash.first)], format!("{services}: {clash}"));
}
