//! Aid in words.

use crate::domain::aid::{Item, yuan};
use crate::i18n::Catalogue;

/// `资金 500.00`, `大米 3袋`.
pub fn quantity(cat: &Catalogue, item: &Item, quantity: i64) -> String {
    if item.is_money() {
        return cat.t1("aid-money", "sum", yuan(quantity)).into_owned();
    }
    let parts = [
        ("goods", item.goods.as_str().into()),
        ("count", quantity.to_string().into()),
        ("unit", item.unit.as_str().into()),
    ];
    cat.tn("aid-goods", &parts).into_owned()
}
