//! What is declared of a setting.

use std::marker::PhantomData;

use crate::value::Rule;

/// A setting, declared once.
#[derive(Debug)]
pub struct Declaration {
    /// Its key in a configuration file, with dots between the levels. A setting that no file may hold has one all the same.
    pub key: &'static str,
    /// Which files may hold it.
    pub files: Files,
    /// Its environment variables: the one to use first, then other accepted spellings.
    pub variables: &'static [&'static str],
    /// Its flags without the leading dashes: the one to use first, then other accepted spellings.
    pub flags: &'static [&'static str],
    /// Which values it takes.
    pub rule: Rule,
    /// Its value when nobody says anything, as it would be written in a variable; `None` for none.
    pub default: Option<&'static str>,
    /// One sentence on what it does, without a full stop.
    pub help: &'static str,
}

/// Which configuration files may hold a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// Every one.
    All,
    /// `trop.yaml` and `trop.local.yaml`, since it is about one project.
    Tropfiles,
    /// None: it is said anew for each command.
    None,
}

/// The handle of a setting, which knows the type of its value.
#[derive(Debug)]
pub struct Setting<T> {
    /// What is declared of it.
    pub declaration: Declaration,
    pub(crate) value: PhantomData<fn() -> T>,
}

/// Makes a typed handle of each declaration, and the list of all.
macro_rules! settings {
    ($(
        $name:ident: $type:ty {
            key: $key:literal,
            files: $files:expr,
            variables: $variables:expr,
            flags: $flags:expr,
            rule: $rule:expr,
            default: $default:expr,
            help: $help:literal,
        }
    )*) => {
        $(
            #[doc = concat!($help, ".")]
            pub static $name: $crate::Setting<$type> = $crate::Setting {
                declaration: $crate::Declaration {
                    key: $key,
                    files: $files,
                    variables: &$variables,
                    flags: &$flags,
                    rule: $rule,
                    default: $default,
                    help: $help,
                },
                value: std::marker::PhantomData,
            };
        )*

        /// Every setting, in the order of the table.
        pub static ALL: &[&$crate::Declaration] = &[$(&$name.declaration),*];
    };
}
pub(crate) use settings;
