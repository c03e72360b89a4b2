use super::*;

#[test]
fn the_tables_that_ship_are_in_order() {
    let rules = FlagRules::core().map_err(|fault| fault.to_string()).unwrap();
    assert!(rules.all().len() > 80, "{}", rules.all().len());
    for rule in rules.all() {
        for words in [&rule.text, &rule.act, &rule.source] {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}", rule.id);
        }
    }
}
