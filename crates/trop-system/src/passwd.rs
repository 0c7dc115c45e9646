//! The user list of Unix, as text.

use crate::UserId;

/// The name of `user` in `passwd`, whose lines are `name:password:UID:GID:GECOS:directory:shell` (passwd(5)).
///
/// As in the C library, the first line with the number counts, and neither comments nor the `+` and `-` lines that refer to
/// another user list are users.
pub(crate) fn find_name(passwd: &str, user: UserId) -> Option<&str> {
    let mut users = passwd.lines().filter_map(name_and_id);
    let (name, _) = users.find(|(_, id)| *id == user)?;
    Some(name)
}

fn name_and_id(line: &str) -> Option<(&str, UserId)> {
    let mut fields = line.split(':');
    let (name, _password, id) = (fields.next()?, fields.next()?, fields.next()?);
    if name.is_empty() || name.starts_with(['#', '+', '-']) {
        return None;
    }
    Some((name, UserId::new(id.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_number() {
        #[track_caller]
        fn check(passwd: &str, number: u32, expected: Option<&str>) {
            assert_eq!(find_name(passwd, UserId::new(number)), expected);
        }

        const TWO: &str = "root:x:0:0:root:/root:/bin/bash\nana:x:1000:1001:Ana,,,:/home/ana:/bin/zsh\n";
        check(TWO, 0, Some("root"));
        check(TWO, 1000, Some("ana"));
        check(TWO, 1001, None);
        check(TWO, 100, None);

        check("", 0, None);
        check("ana:x:1000:1000::/home/ana:", 1000, Some("ana"));
        check("ana::4294967294:0:::", u32::MAX - 1, Some("ana"));
        check("é:x:7:7:::", 7, Some("é"));
        check("toor:x:0:0:::\nroot:x:0:0:::", 0, Some("toor"));
        check("ana:x:7:7:::\r\nbo:x:8:8:::\r\n", 8, Some("bo"));
    }

    #[test]
    fn lines_that_are_no_user_are_passed_over() {
        #[track_caller]
        fn check(line: &str) {
            let passwd = format!("{line}\nana:x:7:7:::\n");
            assert_eq!(find_name(&passwd, UserId::new(7)), Some("ana"));
        }

        check("");
        check(":");
        check("bo");
        check("bo:x");
        check("bo:x:");
        check(":x:7:7:::");
        check("bo:x:seven:7:::");
        check("bo:x:-7:7:::");
        check("bo:x:42949672967:7:::");
        check("# bo:x:7:7:::");
        check("#bo:x:7:7:::");
        check("+bo:x:7:7:::");
        check("-bo:x:7:7:::");
        check("+::::::");
    }
}
