//! Sockets in every format.

use std::net::IpAddr;

use trop_model::Port;
use trop_output::{ListFormat, ProcessView, SocketView, Style, write_sockets};

use crate::samples::written;

fn socket(address: &str, process_name: &str) -> SocketView {
    SocketView {
        port: Port::new(5000).unwrap(),
        protocol: "tcp",
        address: address.parse::<IpAddr>().unwrap(),
        reserved: true,
        process: Some(ProcessView { id: 4711, name: process_name.to_owned() }),
        user: Some("ada".to_owned()),
    }
}

#[track_caller]
fn check(sockets: &[SocketView], format: ListFormat, expected: &str) {
    assert_eq!(written(|out| write_sockets(out, sockets, format, Style::plain())), expected);
}

#[test]
fn without_sockets_tables_are_empty_and_machines_get_their_frame() {
    check(&[], ListFormat::Table, "");
    check(&[], ListFormat::Json, "[]\n");
    let names = "port protocol family address reserved process_id process_name user holder_visible\n";
    check(&[], ListFormat::Csv, &names.replace(' ', ","));
    check(&[], ListFormat::Tsv, &names.replace(' ', "\t"));
}

#[test]
fn names_of_processes_act_on_no_terminal() {
    let hostile = [socket("::1", "no\u{1b}[31mde\n\"x\", y")];
    check(
        &hostile,
        ListFormat::Table,
        "PORT  PROTOCOL  ADDRESS  RESERVED  PROCESS                        USER\n\
         5000  tcp       ::1      yes       no\\u{1b}[31mde\\n\"x\", y (4711)  ada\n",
    );
    let row = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    let records = |format| row(&written(|out| write_sockets(out, &hostile, format, Style::plain())));
    assert_eq!(
        records(ListFormat::Csv),
        "5000,tcp,ipv6,::1,true,4711,\"no\\u{1b}[31mde\\n\"\"x\"\", y\",ada,true\n"
    );
    assert_eq!(
        records(ListFormat::Tsv),
        "5000\ttcp\tipv6\t::1\ttrue\t4711\tno\\u{1b}[31mde\\n\"x\", y\tada\ttrue\n"
    );
    assert!(records(ListFormat::Json).contains("\"process_name\": \"no\\u001b[31mde\\n\\\"x\\\", y\""));
}
