//! The crates of the workspace as their manifests declare them.

use std::path::PathBuf;

use serde_json::Value;

use crate::outcome::Outcome;

/// One crate of the workspace.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) directory: PathBuf,
    pub(crate) has_library: bool,
    pub(crate) dependencies: Vec<Dependency>,
}

/// What a crate says it uses.
#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) user: User,
}

/// What of a crate uses a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum User {
    /// Its code, or what makes its code.
    Code,
    /// Its tests and examples alone.
    Tests,
}

/// Reads what `cargo metadata` printed.
pub(crate) fn read(metadata: &Value) -> Outcome<Vec<Package>> {
    let packages = list(metadata, "packages")?;
    packages.iter().map(package).collect()
}

fn package(value: &Value) -> Outcome<Package> {
    let is_library = |target: &Value| {
        target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"))
    };
    let mut directory = PathBuf::from(text(value, "manifest_path")?);
    directory.pop();
    Ok(Package {
        name: text(value, "name")?,
        directory,
        has_library: list(value, "targets")?.iter().any(is_library),
        dependencies: list(value, "dependencies")?.iter().map(dependency).collect::<Outcome<_>>()?,
    })
}

fn dependency(value: &Value) -> Outcome<Dependency> {
    let user = if value["kind"] == "dev" { User::Tests } else { User::Code };
    Ok(Dependency { name: text(value, "name")?, user })
}

fn list<'v>(value: &'v Value, field: &str) -> Outcome<&'v Vec<Value>> {
    value[field].as_array().ok_or_else(|| format!("cargo metadata has no list \"{field}\"").into())
}

fn text(value: &Value, field: &str) -> Outcome<String> {
    let text = value[field].as_str().ok_or_else(|| format!("cargo metadata has no text \"{field}\""))?;
    Ok(text.to_owned())
}
