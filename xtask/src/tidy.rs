//! The rules of the house that no compiler checks.

use crate::outcome::Outcome;
use crate::workspace::{metadata, root};

mod arrows;
mod packages;
mod rules;
mod sources;

/// Says everything that breaks a rule, and fails when there is anything.
pub(crate) fn tidy() -> Outcome {
    let objections = objections()?;
    for objection in &objections {
        println!("{objection}");
    }
    match objections.len() {
        0 => Ok(()),
        1 => Err("1 rule of the house is broken".into()),
        count => Err(format!("{count} rules of the house are broken").into()),
    }
}

fn objections() -> Outcome<Vec<String>> {
    let packages = packages::read(&metadata()?)?;
    let mut objections = arrows::objections(&packages);
    objections.extend(sources::objections(&root(), &packages)?);
    Ok(objections)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        assert_eq!(super::objections().unwrap(), [""; 0]);
    }
}
