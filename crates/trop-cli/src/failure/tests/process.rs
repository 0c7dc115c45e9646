//! What has to do with the process and where it runs: arguments that do not go together, paths, files, streams.

use std::io;
use std::path::PathBuf;

use trop_config::{ConfigError, FileKind, Judgement, UnreadableFile};
use trop_files::FileError;
use trop_occupancy::SocketsNotPermitted;
use trop_ops::Unrelated;
use trop_paths::{AbsPath, PathError};

use super::configuration::layer_of_file;
use super::{Failure, Sample};

const SETTINGS: &str = "/home/ada/.trop/config.yaml";

pub(super) fn samples() -> Vec<Sample> {
    let path_errors = path_errors().into_iter().map(|(title, error)| Sample::new(title, error));
    let failures = failures().into_iter().map(|(title, failure)| Sample::new(title, failure));
    path_errors.chain(failures).collect()
}

pub(super) fn path_errors() -> Vec<(&'static str, PathError)> {
    vec![
        ("an empty path", PathError::Empty),
        ("somebody else's home", PathError::OtherHome("~ada/shop".to_owned())),
        ("a home that is not known", PathError::NoHome("~/shop".to_owned())),
        ("a path that is not Unicode", PathError::NotUnicode(not_unicode())),
        ("a path that leads nowhere", PathError::Unreachable { path: "/srv/shop".into(), source: system(2) }),
    ]
}

pub(super) fn failures() -> Vec<(&'static str, Failure)> {
    let path = |text: &str| AbsPath::from_clean(text).unwrap();
    let unrelated = Unrelated { path: path("/srv/shop"), working_directory: path("/srv/blog") };
    vec![
        (
            "flags that do not go together",
            Failure::Usage {
                message: "--disable-autoinit means that nothing is to be made, and init makes something"
                    .to_owned(),
                help: "leave out one of the two".to_owned(),
            },
        ),
        (
            "a variable that holds an unusable path",
            Failure::Path(PathError::OtherHome("~ada".to_owned())).of_variable("TROP_PATH"),
        ),
        (
            "a home in a variable, where none is known",
            Failure::from(PathError::NoHome("~/shop".to_owned())).of_variable("TROP_PATH"),
        ),
        ("no sockets for a scan", SocketsNotPermitted::Denied(system(1)).into()),
        invalid_file("a configuration file that is judged", "colour: red\n"),
        invalid_file("one with several problems", "colour: red\nports: { min: 6000, max: 5000 }\n"),
        (
            "a configuration file that cannot be read",
            UnreadableFile { path: "/srv/shop/trop.yaml".into(), source: system(13) }.into(),
        ),
        (
            "a directory in the place of a configuration file",
            UnreadableFile {
                path: "/srv/shop/trop.yaml".into(),
                source: io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"),
            }
            .into(),
        ),
        ("no home", Failure::NoHome),
        ("a working directory that is deleted", Failure::WorkingDirectory(system(2))),
        ("a working directory that cannot be reached", Failure::WorkingDirectory(system(13))),
        (
            "a working directory that is not Unicode",
            Failure::WorkingDirectoryPath(PathError::NotUnicode(not_unicode())),
        ),
        (
            "a working directory that leads nowhere",
            Failure::WorkingDirectoryPath(PathError::Unreachable {
                path: "/srv/shop".into(),
                source: system(13),
            }),
        ),
        ("an unrelated directory", Failure::Unrelated(unrelated)),
        (
            "somebody else's data directory",
            Failure::ForeignData { path: "/home/ada/.trop".into(), owner: "ada".to_owned() },
        ),
        ("settings in a locked directory", config(FileError::Locked { directory: "/home/ada/.trop".into() })),
        ("a directory in the place of the settings", config(FileError::NotAFile { path: SETTINGS.into() })),
        ("settings of somebody else", config(FileError::OwnerWouldChange { path: SETTINGS.into() })),
        (
            "settings that cannot be written",
            config(FileError::Io { doing: "replace", path: SETTINGS.into(), source: system(30) }),
        ),
        (
            "a file that cannot be made private",
            Failure::NotProtected { path: SETTINGS.into(), source: system(1) },
        ),
        ("a full disk behind stdout", Failure::Output(system(28))),
    ]
}

fn config(error: FileError) -> Failure {
    Failure::ConfigNotWritten { file: AbsPath::from_clean(SETTINGS).unwrap(), error }
}

fn system(number: i32) -> io::Error {
    io::Error::from_raw_os_error(number)
}

fn not_unicode() -> PathBuf {
    use std::os::unix::ffi::OsStringExt;

    std::ffi::OsString::from_vec(b"/srv/caf\xe9".to_vec()).into()
}

fn invalid_file(title: &'static str, text: &str) -> (&'static str, Failure) {
    let Judgement { problems, .. } = layer_of_file(FileKind::Tropfile, text).judge_alone();
    let file = AbsPath::from_clean("/srv/shop/trop.yaml").unwrap();
    (title, Failure::InvalidFile { file, error: ConfigError { problems } })
}
