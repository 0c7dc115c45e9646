//! The settings that count.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use trop_model::{GroupSpec, PortRange};

use crate::shortened::cell;
use crate::{Style, columns, escaped, json};

/// A setting with its value, and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingView<'s> {
    /// Its key in a configuration file.
    pub key: &'s str,
    /// Its value.
    pub value: SettingValue<'s>,
    /// Where the value came from: never empty, highest layer first; several where they are added up.
    pub origins: Vec<OriginView<'s>>,
}

/// The value of a setting. JSON writes it as a configuration file would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingValue<'s> {
    /// None.
    Unset,
    /// On or off.
    Switch(bool),
    /// A number or a port.
    Number(u32),
    /// Text.
    Text(&'s str),
    /// Ports and ranges.
    Ports(&'s [PortRange]),
    /// The services of a tropfile.
    Group(&'s GroupSpec),
}

/// Where a value came from. These fields are those of the JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginView<'s> {
    /// The layer: `command line`, `environment`, the name of a file, `default`.
    pub layer: &'s str,
    /// The flag or the variable.
    pub name: Option<String>,
    /// The path of the file.
    pub file: Option<&'s str>,
    /// The line of the file, from 1.
    pub line: Option<u32>,
    /// The character of the line, from 1.
    pub column: Option<u32>,
}

/// The JSON form: the highest origin beside the value, the others behind it.
#[derive(Serialize)]
struct Fields<'v> {
    key: &'v str,
    value: SettingValue<'v>,
    #[serde(flatten)]
    origin: Option<&'v OriginView<'v>>,
    also: &'v [OriginView<'v>],
}

/// Writes one array, with one object per line.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_settings_json(out: &mut dyn Write, settings: &[SettingView<'_>]) -> io::Result<()> {
    let fields = settings.iter().map(|setting| Fields {
        key: setting.key,
        value: setting.value,
        origin: setting.origins.first(),
        also: setting.origins.get(1..).unwrap_or_default(),
    });
    json::write_array(out, fields)
}

/// Writes a table with one line for each setting: key, value, and where it came from.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_settings(out: &mut dyn Write, settings: &[SettingView<'_>], style: Style) -> io::Result<()> {
    let rows = settings.iter().map(in_words);
    columns::write(out, &columns::table(["SETTING", "VALUE", "FROM"], rows), style)
}

fn in_words(setting: &SettingView<'_>) -> [String; 3] {
    let value = match setting.value {
        SettingValue::Unset => "-".to_owned(),
        SettingValue::Switch(on) => on.to_string(),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Text(text) => escaped(text).into_owned(),
        SettingValue::Ports([]) => "none".to_owned(),
        SettingValue::Ports(ranges) => joined(ranges),
        SettingValue::Group(group) => {
            joined(group.services().iter().map(|service| escaped(service.tag.as_str())))
        }
    };
    let origins = joined(setting.origins.iter().map(OriginView::in_words));
    [setting.key.to_owned(), cell(&value).into_owned(), cell(&origins).into_owned()]
}

fn joined(items: impl IntoIterator<Item = impl ToString>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

impl OriginView<'_> {
    fn in_words(&self) -> String {
        match (&self.name, self.file, self.line) {
            (Some(name), _, _) => name.clone(),
            (None, Some(file), Some(line)) => format!("{}:{line}", escaped(file)),
            (None, Some(file), None) => escaped(file).into_owned(),
            (None, None, _) => self.layer.to_owned(),
        }
    }
}

impl Serialize for SettingValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            SettingValue::Unset => serializer.serialize_none(),
            SettingValue::Switch(on) => serializer.serialize_bool(*on),
            SettingValue::Number(number) => serializer.serialize_u32(*number),
            SettingValue::Text(text) => serializer.serialize_str(text),
            SettingValue::Ports(ranges) => {
                serializer.collect_seq(ranges.iter().map(|range| PortsItem(*range)))
            }
            SettingValue::Group(group) => {
                let base = group.base().map(|base| base.get());
                let services = Services(group);
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("base", &base)?;
                map.serialize_entry("services", &services)?;
                map.end()
            }
        }
    }
}

/// A port as a number, a range as text.
struct PortsItem(PortRange);

impl Serialize for PortsItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let PortsItem(range) = self;
        if range.first() == range.last() {
            serializer.serialize_u16(range.first().get())
        } else {
            serializer.collect_str(range)
        }
    }
}

struct Services<'g>(&'g GroupSpec);

#[derive(Serialize)]
struct ServiceFields<'g> {
    offset: u16,
    preferred: Option<u16>,
    env: &'g str,
}

impl Serialize for Services<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.services().iter().map(|service| {
            let preferred = service.preferred.map(|port| port.get());
            let fields = ServiceFields { offset: service.offset, preferred, env: service.variable.as_str() };
            (service.tag.as_str(), fields)
        }))
    }
}
