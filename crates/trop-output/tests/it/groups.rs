//! The ports of a group in every form.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use trop_model::{EnvName, Port, Tag};
use trop_output::{GroupFormat, Shell, escaped};
use trop_testkit::snapshot;

use crate::laws::any_text;
use crate::samples::{Service, shown};

/// Every format and its name.
fn formats() -> Vec<(String, GroupFormat)> {
    let export = |name| (format!("export-{name}"), GroupFormat::Export(Shell::from_name(name).unwrap()));
    let mut formats = Shell::NAMES.map(export).to_vec();
    formats.push(("json".to_owned(), GroupFormat::Json));
    formats.push(("dotenv".to_owned(), GroupFormat::Dotenv));
    formats.push(("human".to_owned(), GroupFormat::Human));
    formats
}

#[test]
fn groups_in_every_format() {
    let ordinary = vec![
        Service::new("web", "WEB_PORT", 5000),
        Service::new("api", "API_PORT", 5001),
        Service::new("admin-panel", "ADMIN_PANEL", 80),
        Service::new("db", "_db2", 65535),
    ];
    let hostile = vec![
        Service::new("a\u{202e}b\u{2069}", "RTL", 5000),
        Service::new("网页 \"quoted\", it's", "WIDE", 5001),
        Service::new("👩‍💻 é", "COMBINED", 5002),
        Service::new("$(x)`x`\\n{}", "COMMAND", 5003),
        Service::new("two\u{2028}lines", "SEPARATED", 1),
    ];
    for (name, format) in formats() {
        let name = format!("output/group-ordinary-{name}");
        snapshot!(&name, shown(&ordinary, format));
    }
    // The others show no tags.
    snapshot!("output/group-hostile-json", shown(&hostile, GroupFormat::Json));
    snapshot!("output/group-hostile-human", shown(&hostile, GroupFormat::Human));
}

#[test]
fn a_group_of_nobody_is_an_empty_object_or_nothing() {
    for (name, format) in formats() {
        let expected = if format == GroupFormat::Json { "{}\n" } else { "" };
        assert_eq!(shown(&[], format), expected, "{name}");
    }
}

/// Services whose tags and variables are all different.
fn any_services() -> impl Strategy<Value = Vec<Service>> {
    let tag = any_text().prop_filter_map("no tag", |text| text.parse::<Tag>().ok());
    let variable =
        "[A-Za-z_][A-Za-z0-9_]{0,12}".prop_filter_map("taken", |text| text.parse::<EnvName>().ok());
    let port = any::<u16>().prop_filter_map("no port", Port::new);
    let service = (tag, variable, port).prop_map(|(tag, variable, port)| Service { tag, variable, port });
    proptest::collection::vec(service, 0..8).prop_map(|mut services| {
        let (mut tags, mut variables) = (HashSet::new(), HashSet::new());
        services
            .retain(|service| tags.insert(service.tag.clone()) && variables.insert(service.variable.clone()));
        services
    })
}

/// The lines without what stands around the variable, between it and the port, and behind the port.
fn variables_and_ports(text: &str, [before, between, behind]: [&str; 3]) -> Option<Vec<(String, u16)>> {
    let read = |line: &str| {
        let (variable, port) = line.strip_prefix(before)?.strip_suffix(behind)?.split_once(between)?;
        Some((variable.to_owned(), port.parse().ok()?))
    };
    text.split_terminator('\n').map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shells_and_dotenv_read_back_every_port_in_order(services in any_services()) {
        let expected: Vec<(String, u16)> =
            services.iter().map(|service| (service.variable.to_string(), service.port.get())).collect();
        let forms = [
            (GroupFormat::Export(Shell::Bash), ["export ", "=", ""]),
            (GroupFormat::Export(Shell::Zsh), ["export ", "=", ""]),
            (GroupFormat::Export(Shell::Sh), ["export ", "=", ""]),
            (GroupFormat::Export(Shell::Fish), ["set -gx ", " ", ";"]),
            (GroupFormat::Export(Shell::PowerShell), ["$env:", " = \"", "\""]),
            (GroupFormat::Export(Shell::Nushell), ["$env.", " = \"", "\""]),
            (GroupFormat::Dotenv, ["", "=", ""]),
        ];
        for (format, form) in forms {
            let text = shown(&services, format);
            prop_assert!(text.is_empty() || text.ends_with('\n'));
            prop_assert_eq!(variables_and_ports(&text, form), Some(expected.clone()), "{:?}", format);
        }
    }

    #[test]
    fn json_reads_back_every_tag_exactly(services in any_services()) {
        let text = shown(&services, GroupFormat::Json);
        let line = text.strip_suffix('\n').unwrap();
        prop_assert_eq!(escaped(line), line);
        let expected: BTreeMap<String, u16> =
            services.iter().map(|service| (service.tag.to_string(), service.port.get())).collect();
        let read: BTreeMap<String, u16> = serde_json::from_str(line).unwrap();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn json_does_not_depend_on_the_order_of_services(mut services in any_services()) {
        let text = shown(&services, GroupFormat::Json);
        services.reverse();
        prop_assert_eq!(shown(&services, GroupFormat::Json), text);
    }

    #[test]
    fn columns_have_a_safe_line_for_each_service(services in any_services()) {
        let text = shown(&services, GroupFormat::Human);
        let lines: Vec<&str> = text.split_terminator('\n').skip(1).collect();
        prop_assert_eq!(lines.len(), services.len());
        for (line, service) in lines.iter().zip(&services) {
            prop_assert_eq!(escaped(line), *line);
            let columns: Vec<&str> = line.rsplitn(3, ' ').filter(|column| !column.is_empty()).collect();
            prop_assert_eq!(columns[0], service.variable.as_str());
            let tag = escaped(service.tag.as_str());
            prop_assert!(line.starts_with(tag.as_ref()), "{:?} does not begin with {:?}", line, tag);
        }
    }
}
