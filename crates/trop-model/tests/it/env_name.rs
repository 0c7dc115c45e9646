//! Names of environment variables.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use trop_model::{EnvName, InvalidEnvName, Tag};

#[track_caller]
fn check_good(text: &str) {
    assert_eq!(text.parse::<EnvName>().unwrap().as_str(), text);
}

#[track_caller]
fn check_malformed(text: &str) {
    assert_eq!(text.parse::<EnvName>(), Err(InvalidEnvName::Malformed(text.to_owned())));
}

#[test]
fn names_are_letters_digits_and_underscores() {
    for good in ["A", "a", "_", "__", "_1", "WEB_PORT", "web2", "PORT", "HOST"] {
        check_good(good);
    }
    for malformed in ["", "1", "1A", "WEB-PORT", "WEB PORT", " WEB", "WEB ", "A=B", "A.B", "$A", "A\n", "A\0"]
    {
        check_malformed(malformed);
    }
    for malformed in ["Ä", "É_PORT", "A\u{301}", "Ａ", "A１", "日本"] {
        check_malformed(malformed);
    }
}

#[test]
fn names_have_at_most_255_bytes() {
    check_good(&"A".repeat(255));
    assert_eq!("A".repeat(256).parse::<EnvName>(), Err(InvalidEnvName::TooLong(256)));
    assert_eq!(format!("LD_{}", "A".repeat(253)).parse::<EnvName>(), Err(InvalidEnvName::TooLong(256)));
}

#[test]
fn names_that_change_how_programs_run_are_taken() {
    let general =
        &["PATH", "HOME", "SHELL", "IFS", "LD_PRELOAD", "LD_", "DYLD_", "DYLD_INSERT_LIBRARIES"][..];
    let of_programs = [
        "BASH_ENV",
        "ENV",
        "ZDOTDIR",
        "PYTHONPATH",
        "PERL5LIB",
        "NODE_OPTIONS",
        "GIT_DIR",
        "XDG_CONFIG_HOME",
        "MAKEFILES",
        "CC",
        "LDFLAGS",
        "PSModulePath",
        "LUA_INIT_5_4",
        "CONFIG_SITE",
        "OPENSSL_CONF",
        "BUNDLE_GEMFILE",
        "npm_config_userconfig",
        "KUBECONFIG",
        "CARGO_HOME",
    ];
    let taken = [general, of_programs.as_slice()].concat();
    for taken in taken.into_iter().chain(["path", "Home", "ld_preload", "dyld_x"]) {
        assert_eq!(taken.parse::<EnvName>(), Err(InvalidEnvName::Taken(taken.to_owned())));
    }
    for good in
        ["PATHS", "MY_PATH", "PATH_", "LD", "DYLD", "OLD_X", "_LD_X", "HOMES", "GIT_PORT", "PYTHON", "XDG"]
    {
        check_good(good);
    }
}

#[test]
fn names_of_trops_own_settings_are_taken() {
    for own in ["TROP_DATA_DIR", "TROP_", "TROP_WEB_PORT", "trop_tag"] {
        assert_eq!(own.parse::<EnvName>(), Err(InvalidEnvName::Own(own.to_owned())));
    }
    for good in ["TROP", "MY_TROP_PORT", "TROPIC", "_TROP_"] {
        check_good(good);
    }
}

#[test]
fn some_names_are_common() {
    let is_common = |name: &str| name.parse::<EnvName>().unwrap().is_common();
    assert!(["PORT", "HOST", "port", "Host", "TERM"].into_iter().all(is_common));
    assert!(!["WEB_PORT", "PORTS", "API", "_PORT", "HOST_"].into_iter().any(is_common));
}

#[test]
fn a_tag_makes_a_name() {
    #[track_caller]
    fn check(tag: &str, expected: Option<&str>) {
        let name = EnvName::of_tag(&tag.parse::<Tag>().unwrap());
        assert_eq!(name.ok().as_ref().map(EnvName::as_str), expected, "{tag}");
    }

    check("web", Some("WEB"));
    check("my-web", Some("MY_WEB"));
    check("my_Web2", Some("MY_WEB2"));
    check("-", Some("_"));
    check("-2", Some("_2"));
    check(&"a".repeat(255), Some(&"A".repeat(255)));
    check("2", None);
    check("my web", None);
    check("a.b", None);
    check("a/b", None);
    check("é", None);
    // In Unicode its upper case is SS.
    check("straße", None);
    check("path", None);
    check("ld-preload", None);
    check("home", None);
    check("trop-web", None);
}

#[test]
fn what_is_wrong_is_said_in_words() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<EnvName>().unwrap_err().to_string(), expected);
    }

    check("a-\u{1b}", r#""a-\u{1b}" is no name of a variable: letters, digits and _, the first no digit"#);
    check(&"A".repeat(300), "the name of a variable is at most 255 bytes long, and this one has 300");
    check("Path", "Path changes how programs run, and must not hold a port");
    check("TROP_TAG", "names that begin with TROP_ are settings of trop, and TROP_TAG must not hold a port");
}

#[test]
fn names_are_shown_as_they_are_and_fill_a_column() {
    let name: EnvName = "Web".parse().unwrap();
    assert_eq!(name.to_string(), "Web");
    assert_eq!(format!("{name:<5}|"), "Web  |");
}
