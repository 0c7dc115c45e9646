//! From what was typed to a path, and from a path to what is there.

use std::path::Path;

use divan::{Bencher, black_box};
use trop_paths::{AbsPath, PathError, find_upwards, presence, resolve_inferred, resolve_typed};

fn main() {
    divan::main();
}

fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).expect("that is clean")
}

/// This crate's own directory is as good as any.
const HERE: &str = env!("CARGO_MANIFEST_DIR");

#[divan::bench(args = ["web", "../shop/./web//", "~/shop", "/srv/shop"])]
fn typed(bencher: Bencher<'_, '_>, text: &str) {
    let (base, home) = (path("/srv/other"), path("/home/ana"));
    bencher.bench(|| {
        resolve_typed(black_box(text), || Ok::<_, PathError>(base.clone()), || Some(home.clone())).is_ok()
    });
}

#[divan::bench]
fn inferred() -> bool {
    resolve_inferred(black_box(Path::new(HERE))).is_ok()
}

#[divan::bench]
fn relation(bencher: Bencher<'_, '_>) {
    let (outer, inner) = (path("/srv/shop"), path("/srv/shop/deep/down/below"));
    bencher.bench(|| black_box(&outer).relation(black_box(&inner)));
}

/// Up to the top of the checkout.
#[divan::bench]
fn tropfile_that_is_not_there(bencher: Bencher<'_, '_>) {
    let below = path(HERE).join("src".into());
    bencher.bench(|| find_upwards(black_box(&below), &["no.such.file", "nor.this"], ".git").is_ok());
}

#[divan::bench(args = ["/", "/no-such-directory/deep/down"])]
fn presence_of(bencher: Bencher<'_, '_>, text: &str) {
    let path = path(text);
    bencher.bench(|| presence(black_box(&path)));
}
