//! What somebody may have meant.

/// One slip of the keyboard is forgiven in a short name, and one more for every so many letters.
const LETTERS_PER_SLIP: usize = 5;

/// The known name that the given one is a slip or two away from, if there is one.
pub(crate) fn closest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let comparable = |name: &str| name.to_ascii_lowercase().replace('-', "_");
    let given = comparable(given);
    let slips = |name: &str| strsim::damerau_levenshtein(&given, &comparable(name));
    let forgiven = |name: &str| (given.len().max(name.len()) / LETTERS_PER_SLIP).max(1);
    // A long text costs much to compare, and is at least as many slips away as it is longer.
    let longer = |name: &str| given.chars().count().abs_diff(name.chars().count());
    known
        .into_iter()
        .filter(|name| longer(name) <= forgiven(name))
        .map(|name| (slips(name), name))
        .filter(|(slips, name)| *slips <= forgiven(name))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}
