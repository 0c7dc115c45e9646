//! Files that are made from the code: each has one source, and is never edited.

use std::fs;

use crate::outcome::Outcome;
use crate::workspace::root;

mod configuration;

/// A generated file.
struct Product {
    /// Where it is, seen from the workspace.
    path: &'static str,
    /// What it should say.
    text: fn() -> String,
}

const PRODUCTS: &[Product] =
    &[Product { path: "docs/reference/configuration.md", text: configuration::reference }];

/// Writes every generated file.
pub(crate) fn write() -> Outcome {
    for Product { path, text } in PRODUCTS {
        fs::write(root().join(path), text())?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Fails when a generated file is not as it would be written.
pub(crate) fn check() -> Outcome {
    let is_stale = |product: &&Product| {
        let written = fs::read_to_string(root().join(product.path));
        !written.is_ok_and(|written| written == (product.text)())
    };
    let stale: Vec<&str> = PRODUCTS.iter().filter(is_stale).map(|product| product.path).collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("not as the code says: {}; `cargo xtask codegen` writes them anew", stale.join(", ")).into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_fresh() {
        super::check().unwrap();
    }
}
