//! A thousand reservations as people and as programs read them.

use divan::{Bencher, black_box};
use trop_model::{Port, Reservation, ReservationKey, Timestamp};
use trop_output::{ListFormat, Style, TableView, write_reservations};
use trop_paths::AbsPath;

fn main() {
    divan::main();
}

fn reservation(port: Port) -> Reservation {
    let path = format!("/srv/work/checkout-{port}");
    let at = |seconds| Timestamp::from_unix_seconds(seconds).expect("that is a time");
    let key = ReservationKey {
        path: AbsPath::from_clean(&path).expect("that is clean"),
        tag: Some("web".parse().expect("that is a tag")),
    };
    Reservation {
        key,
        port,
        project: Some("shop".parse().expect("that is a project")),
        task: None,
        created_at: at(1_760_000_000),
        last_used_at: at(1_763_000_000),
    }
}

#[divan::bench(args = [ListFormat::Table, ListFormat::Json, ListFormat::Csv])]
fn list_of_1000(bencher: Bencher<'_, '_>, format: ListFormat) {
    let ports = "5000..5999".parse::<trop_model::PortRange>().expect("that is a range");
    let rows: Vec<Reservation> = ports.iter().map(reservation).collect();
    let home = AbsPath::from_clean("/home/ana").expect("that is clean");
    let now = Timestamp::from_unix_seconds(1_763_100_000).expect("that is a time");
    let view = TableView { now, home: Some(&home), style: Style::plain() };
    bencher.with_inputs(Vec::new).bench_values(|mut out| {
        write_reservations(&mut out, black_box(&rows), format, view).expect("a vector takes everything");
        out
    });
}
