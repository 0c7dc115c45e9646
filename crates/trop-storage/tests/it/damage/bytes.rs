//! Bytes that are not as they were written.

use super::bases::{self, Base, Files};
use super::oracle::Tally;
use super::random::{Random, seeds};

const PAGE: usize = 4096;
/// How many times each base is damaged at random places in one round.
const AT_RANDOM: usize = 60;

/// The base with another content of its database.
fn with_database(base: &Base, content: Vec<u8>) -> Files {
    let mut files = base.files.clone();
    files.insert("trop.db".to_owned(), content);
    files
}

#[test]
fn every_bit_of_the_header() {
    let mut tally = Tally::default();
    for base in [bases::current(1), bases::layout_2()] {
        for at in 0..100 {
            // To look at an older one takes long.
            for bit in (0..8).step_by(if base.name == "one row" { 1 } else { 7 }) {
                let mut content = base.database().to_vec();
                content[at] ^= 1 << bit;
                tally.judge(
                    &format!("{}, header byte {at}, bit {bit}", base.name),
                    &with_database(&base, content),
                );
            }
        }
    }
    tally.conclude("every bit of the header");
}

/// Of each page what it is, how many cells it has, and where they are.
#[test]
fn the_head_of_every_page() {
    let mut tally = Tally::default();
    let mut random = Random::new(1);
    for base in bases::all() {
        let pages = base.database().len() / PAGE;
        let pages: Vec<usize> =
            if pages < 4 { (0..pages).collect() } else { (0..3).map(|_| random.below(pages)).collect() };
        for page in pages {
            let head = if page == 0 { 100 } else { 0 };
            for offset in 0..12 {
                let at = page * PAGE + head + offset;
                let mut content = base.database().to_vec();
                content[at] ^= 1 << random.below(8);
                tally.judge(
                    &format!("{}, page {page}, byte {offset}", base.name),
                    &with_database(&base, content),
                );
            }
        }
    }
    tally.conclude("the head of every page");
}

#[test]
fn at_random() {
    let mut tally = Tally::default();
    let bases = bases::all();
    let others: Vec<Vec<u8>> =
        [bases::current(50), bases::current(300)].map(|base| base.database().to_vec()).into();
    for seed in seeds() {
        let mut random = Random::new(seed);
        for base in &bases {
            // What is large takes long.
            let times = if base.database().len() < 50 * PAGE { AT_RANDOM } else { AT_RANDOM / 6 };
            for number in 0..times {
                let mut content = base.database().to_vec();
                let other = &others[random.below(others.len())];
                let what = damage(&mut content, other, &mut random);
                let label = format!("{}, seed {seed}, number {number}, {what}", base.name);
                tally.judge(&label, &with_database(base, content));
            }
        }
    }
    tally.conclude("at random");
}

/// Damages it in one way, or in several at once, and says how.
fn damage(content: &mut Vec<u8>, other: &[u8], random: &mut Random) -> String {
    let mut did = Vec::new();
    for _ in 0..1 + random.below(2) * random.below(4) {
        did.push(damage_once(content, other, random));
    }
    did.join(" + ")
}

fn damage_once(content: &mut Vec<u8>, other: &[u8], random: &mut Random) -> String {
    let pages = (content.len() / PAGE).max(1);
    let page = random.below(pages) * PAGE;
    let page_end = (page + PAGE).min(content.len());
    match random.below(12) {
        0..=3 if !content.is_empty() => {
            let at = random.below(content.len());
            content[at] ^= 1 << random.below(8);
            format!("bit at {at}")
        }
        4 if !content.is_empty() => {
            let at = random.below(content.len());
            content[at] = random.byte();
            format!("byte at {at}")
        }
        5 => {
            content[page..page_end].fill(0);
            format!("page at {page} zeroed")
        }
        6 => {
            let garbage = random.garbage(page_end - page);
            content[page..page_end].copy_from_slice(&garbage);
            format!("page at {page} garbage")
        }
        7 if content.len().is_multiple_of(PAGE) && !content.is_empty() => {
            let with = random.below(pages) * PAGE;
            for offset in 0..PAGE {
                content.swap(page + offset, with + offset);
            }
            format!("pages at {page} and {with} swapped")
        }
        8 if content.len().is_multiple_of(PAGE) && !content.is_empty() => {
            let with = random.below(pages) * PAGE;
            content.copy_within(page..page + PAGE, with);
            format!("page at {page} again at {with}")
        }
        9 => {
            content.truncate(random.below(content.len() + 1));
            format!("cut to {}", content.len())
        }
        10 => {
            let length = random.below(3 * PAGE);
            content.extend(random.garbage(length));
            format!("{length} bytes more")
        }
        _ => {
            let from = random.below(other.len() / PAGE) * PAGE;
            let length = page_end - page;
            content[page..page_end].copy_from_slice(&other[from..from + length]);
            format!("page at {page} of another database, from {from}")
        }
    }
}

#[test]
fn cut_at_every_border() {
    let mut tally = Tally::default();
    for base in bases::all() {
        let length = base.database().len();
        let borders =
            (0..=length).step_by(PAGE).flat_map(|border| [border.saturating_sub(1), border, border + 1]);
        let lengths: Vec<usize> = borders.chain([16, 99, 100, 512]).filter(|cut| *cut < length).collect();
        let step = lengths.len().div_ceil(24);
        for cut in lengths.into_iter().step_by(step) {
            let content = base.database()[..cut].to_vec();
            tally.judge(&format!("{}, cut to {cut}", base.name), &with_database(&base, content));
        }
    }
    tally.conclude("cut at every border");
}
