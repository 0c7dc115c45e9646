//! Which numbers and texts are ports.

use trop_model::Port;

use crate::laws::port;

#[test]
fn ports_are_decimal_digits() {
    #[track_caller]
    fn check(text: &str, expected: u16) {
        assert_eq!(text.parse::<Port>().unwrap(), port(expected));
    }

    check("1", 1);
    check("5000", 5000);
    check("65535", 65_535);
    // Zeros in front change nothing: this is no C, and no YAML.
    check("010", 10);
    check("005000", 5000);
    check("0000000000000000000000001", 1);
}

#[test]
fn other_texts_are_no_ports() {
    #[track_caller]
    fn check(text: &str) {
        let error = text.parse::<Port>().unwrap_err();
        assert_eq!(error.to_string(), format!("\"{text}\" is not a port (ports are 1 to 65535)"));
    }

    check("");
    check("0");
    check("00");
    check("65536");
    check("99999999999999999999");
    check("+5");
    check("-5");
    check(" 5 ");
    check(" 5");
    check("5 ");
    check("5_000");
    check("5,000");
    check("5000.0");
    check("5e3");
    check("0x1388");
    check("0o10");
    check("５");
    check("٥");
    check("http");
    check("5000..5009");
}

#[test]
fn what_is_no_port_is_shown_without_its_control_characters() {
    let error = "5\n\u{1b}[2J".parse::<Port>().unwrap_err();
    assert_eq!(error.to_string(), r#""5\n\u{1b}[2J" is not a port (ports are 1 to 65535)"#);
}

#[test]
fn numbers_are_ports_from_1_to_65535() {
    #[track_caller]
    fn check(number: i64, expected: Option<u16>) {
        match Port::try_from(number) {
            Ok(port) => assert_eq!(Some(port.get()), expected),
            Err(error) => {
                assert_eq!(expected, None);
                assert_eq!(error.to_string(), format!("{number} is not a port (ports are 1 to 65535)"));
            }
        }
    }

    check(1, Some(1));
    check(65_535, Some(65_535));
    check(0, None);
    check(-1, None);
    check(65_536, None);
    check(65_537, None);
    check(i64::MIN, None);
    check(i64::MAX, None);

    assert_eq!(Port::new(0), None);
    assert_eq!(Port::new(1), Some(Port::MIN));
    assert_eq!(Port::new(65_535), Some(Port::MAX));
}

#[test]
fn every_port_but_the_last_has_a_next_one() {
    assert_eq!(Port::MIN.next(), Some(port(2)));
    assert_eq!(port(65_534).next(), Some(Port::MAX));
    assert_eq!(Port::MAX.next(), None);
}

#[test]
fn ports_are_shown_as_their_numbers() {
    assert_eq!(port(5000).to_string(), "5000");
    assert_eq!(format!("{:?}", port(5000)), "5000");
    assert_eq!(format!("{:>7}", port(5000)), "   5000");
}
