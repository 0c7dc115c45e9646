//! What can be wrong with the services of a tropfile.

use trop_config::FileKind;

use super::Sample;
use super::configuration::sample;

pub(super) fn samples() -> Vec<Sample> {
    let reservations = [
        ("not a mapping", "reservations: [web]\n".to_owned()),
        ("without services", "reservations: { base: 5000 }\n".to_owned()),
        ("a base that is no port", "reservations: { base: 0, services: { web: } }\n".to_owned()),
        ("an unknown key", "reservations: { bas: 5000, services: { web: } }\n".to_owned()),
        ("with no service", of("{}")),
        ("services in a list", of("[web, api]")),
        ("a service that is a number", of("{ web: 5000 }")),
        ("a tag of nothing", of("{ \"\": { offset: 0 } }")),
        ("an unknown key of a service", of("{ web: { prefered: 5050 } }")),
        ("an offset below zero", of("{ web: { offset: -1 } }")),
        ("a preferred port that is none", of("{ web: { preferred: 70000 } }")),
        ("a variable that is no name", of("{ web: { env: WEB-PORT } }")),
        ("a variable that is a list", of("{ web: { env: [WEB] } }")),
        ("a variable too long", of(&format!("{{ web: {{ env: {} }} }}", "A".repeat(256)))),
        ("a variable that changes how programs run", of("{ web: { env: PATH } }")),
        ("a tag that makes no variable", of("{ 2nd: { offset: 1 } }")),
        ("a tag given twice", of("{ web: { offset: 0 }, \" web\": { offset: 1 } }")),
        ("an offset given twice", of("{ web: { offset: 1 }, api: { offset: 1 } }")),
        ("an offset left out twice", of("{ web: , api: }")),
        (
            "a preferred port given twice",
            of("{ web: { preferred: 5050 }, api: { offset: 1, preferred: 5050 } }"),
        ),
        ("a variable given twice", of("{ web: { env: API }, api: { offset: 1 } }")),
    ];
    reservations.iter().map(|(title, text)| sample(title, FileKind::Tropfile, text)).collect()
}

fn of(services: &str) -> String {
    format!("reservations:\n  services: {services}\n")
}
