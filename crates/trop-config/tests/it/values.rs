//! Which text a rule takes.

use trop_config::{Rule, Value};

/// `None` where the rule refuses.
#[track_caller]
fn check(rule: Rule, text: &str, expected: Option<Value>) {
    assert_eq!(rule.parse(text).ok(), expected, "{text:?}");
}

#[test]
fn switches_take_four_words_each_in_any_case() {
    for on in ["true", "1", "yes", "on", "TRUE", "Yes", "oN"] {
        check(Rule::Switch, on, Some(Value::Switch(true)));
    }
    for off in ["false", "0", "no", "off", "FALSE", "No", "OFF"] {
        check(Rule::Switch, off, Some(Value::Switch(false)));
    }
    for neither in ["", "2", "enabled", " true", "ja"] {
        check(Rule::Switch, neither, None);
    }
}

#[test]
fn numbers_are_digits_within_bounds() {
    let rule = Rule::Number { unit: "DAYS", least: 1, most: 400 };
    check(rule, "1", Some(Value::Number(1)));
    check(rule, "400", Some(Value::Number(400)));
    check(rule, "007", Some(Value::Number(7)));
    for refused in ["0", "401", "", "-1", "+1", "1.0", "1 ", "1e2", "99999999999999999999"] {
        check(rule, refused, None);
    }
}

#[test]
fn ports_and_ranges_are_separated_by_commas() {
    let ports = |texts: &[&str]| Some(Value::Ports(texts.iter().map(|text| text.parse().unwrap()).collect()));
    check(Rule::Ports, "", ports(&[]));
    check(Rule::Ports, "  ", ports(&[]));
    check(Rule::Ports, "5001", ports(&["5001"]));
    check(Rule::Ports, "5001, 5005..5009 ,1", ports(&["5001", "5005..5009", "1"]));
    for refused in ["5001,", ",", "5009..5005", "0", "65536", "5001 5002", "5005-5009", "a"] {
        check(Rule::Ports, refused, None);
    }
}

#[test]
fn a_word_is_one_of_the_list() {
    let rule = Rule::Word(&["table", "json"]);
    check(rule, "json", Some(Value::Word("json")));
    check(rule, "JSON", None);
    check(rule, "", None);
    assert_eq!(rule.parse("xml"), Err("\"xml\" is not one of table, json".to_owned()));
}
