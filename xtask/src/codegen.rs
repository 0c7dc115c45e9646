//! Files that are made from the code: each has one source, and is never edited.

use std::collections::BTreeMap;
use std::fs;

use crate::outcome::Outcome;
use crate::workspace::{files_below, relative, root};

mod completions;
mod configuration;
mod man;

pub(crate) use completions::DIRECTORY as COMPLETIONS;
pub(crate) use man::DIRECTORY as MAN;

/// The texts of the generated files, by where these are, seen from the workspace.
type Products = BTreeMap<String, String>;

/// Directories of generated files alone. What else is found there is of a command that is gone.
const OWN_DIRECTORIES: [&str; 2] = [MAN, COMPLETIONS];

fn products() -> Outcome<Products> {
    let command = trop_cli::command();
    let mut products =
        Products::from([("docs/reference/configuration.md".to_owned(), configuration::reference())]);
    products.extend(man::pages(&command)?);
    products.extend(completions::scripts(&command)?);
    Ok(products)
}

/// Writes every generated file that is not fresh, and removes those that nothing makes any longer.
pub(crate) fn write() -> Outcome {
    let products = products()?;
    for path in left_over(&products)? {
        fs::remove_file(root().join(&path))?;
        println!("removed {path}");
    }
    for directory in OWN_DIRECTORIES {
        fs::create_dir_all(root().join(directory))?;
    }
    for path in stale(&products) {
        fs::write(root().join(path), &products[path])?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Fails when a generated file is not as it would be written, or is there although nothing makes it.
pub(crate) fn check() -> Outcome {
    let products = products()?;
    let mut wrong: Vec<String> = stale(&products).into_iter().map(str::to_owned).collect();
    wrong.extend(left_over(&products)?);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("not as the code says: {}; `cargo xtask codegen` puts that right", wrong.join(", ")).into())
}

fn stale(products: &Products) -> Vec<&str> {
    let is_stale = |(path, text): &(&String, &String)| {
        let written = fs::read_to_string(root().join(path));
        !written.is_ok_and(|written| written == **text)
    };
    products.iter().filter(is_stale).map(|(path, _)| path.as_str()).collect()
}

fn left_over(products: &Products) -> Outcome<Vec<String>> {
    let mut left_over = Vec::new();
    for directory in OWN_DIRECTORIES {
        let files = files_below(&root().join(directory))?;
        let paths = files.iter().map(|file| relative(file));
        left_over.extend(paths.filter(|path| !products.contains_key(path)));
    }
    Ok(left_over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_fresh() {
        check().unwrap();
    }

    #[test]
    fn what_nothing_makes_is_left_over() {
        let mut products = products().unwrap();
        let page = "docs/man/trop-reserve.1".to_owned();
        assert_eq!(left_over(&products).unwrap(), Vec::<String>::new());
        assert!(products.remove(&page).is_some());
        assert_eq!(left_over(&products).unwrap(), [page]);
    }

    #[test]
    fn a_text_that_changed_is_stale() {
        let mut products = products().unwrap();
        products.get_mut("docs/completions/trop.bash").unwrap().push('\n');
        products.insert("docs/man/trop-newcomer.1".to_owned(), String::new());
        assert_eq!(stale(&products), ["docs/completions/trop.bash", "docs/man/trop-newcomer.1"]);
    }
}
