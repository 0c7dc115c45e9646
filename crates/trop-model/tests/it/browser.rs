//! The ports that web browsers refuse to open.

use trop_model::{Port, browser};

use crate::laws::range;

fn refused(ports: &str) -> Vec<u16> {
    let refused = range(ports).iter().filter(|&port| browser::refuses(port));
    refused.map(Port::get).collect()
}

#[test]
fn all_82_are_known() {
    assert_eq!(refused("1..65535").len(), 82);
}

#[test]
fn these_are_the_ones_above_the_system_s_own() {
    assert_eq!(
        refused("1024..65535"),
        [
            1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
            6679, 6697, 10_080
        ]
    );
}

#[test]
fn the_first_sixty_ports_of_the_usual_range_are_good() {
    assert_eq!(refused("5000..5059"), []);
    assert_eq!(refused("5000..5062"), [5060, 5061]);
}

#[test]
fn the_web_s_own_ports_are_good() {
    for port in ["80", "443", "3000", "4040", "8000", "8080", "8443"] {
        assert_eq!(refused(port), [], "{port}");
    }
}

#[test]
fn well_known_services_are_refused() {
    #[track_caller]
    fn check(service: &str, port: &str) {
        assert_eq!(refused(port).len(), 1, "{service}");
    }

    check("tcpmux", "1");
    check("ftp", "21");
    check("ssh", "22");
    check("telnet", "23");
    check("smtp", "25");
    check("domain", "53");
    check("pop3", "110");
    check("ntp", "123");
    check("imap", "143");
    check("ldap", "389");
    check("submission", "587");
    check("pop3s", "995");
}
