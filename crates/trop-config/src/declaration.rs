//! What is declared of a setting.

use std::marker::PhantomData;

use crate::value::Rule;

/// A setting, declared once.
#[derive(Debug)]
pub struct Declaration {
    /// Its key in a configuration file, with dots between the levels.
    pub key: &'static str,
    /// Its environment variables: the one to use first, then other accepted spellings.
    pub variables: &'static [&'static str],
    /// Its flag without the leading dashes, if it has one.
    pub flag: Option<&'static str>,
    /// Which values it takes.
    pub rule: Rule,
    /// Its value when nobody says anything, as it would be written in a variable.
    pub default: &'static str,
    /// One sentence on what it does, without a full stop.
    pub help: &'static str,
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
    (@flag none) => { None };
    (@flag $flag:literal) => { Some($flag) };
    ($(
        $name:ident: $type:ty {
            key: $key:literal,
            variables: $variables:expr,
            flag: $flag:tt,
            rule: $rule:expr,
            default: $default:literal,
            help: $help:literal,
        }
    )*) => {
        $(
            #[doc = concat!($help, ".")]
            pub static $name: $crate::Setting<$type> = $crate::Setting {
                declaration: $crate::Declaration {
                    key: $key,
                    variables: &$variables,
                    flag: settings!(@flag $flag),
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
