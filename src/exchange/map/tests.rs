use super::*;
use crate::domain::forms::{self, child};

fn columns(headers: &[&str]) -> Columns {
    Headers::of(&forms::child())
        .columns(&headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>())
}

#[test]
fn a_header_means_the_same_in_either_language_and_however_it_is_typed() {
    assert_eq!(
        columns(&["姓  名", "身份证号（必填）", "户籍村（居）", "＊监护人电话", "序号"]),
        [Some(child::NAME), Some(child::ID_NUMBER), Some(child::VILLAGE), Some(child::PHONE), None]
    );
    assert_eq!(
        columns(&["Full Name", "ID_number", "date of birth", "GUARDIAN", "Favourite food"]),
        [Some(child::NAME), Some(child::ID_NUMBER), Some(child::BIRTH), Some(child::GUARDIAN), None]
    );
}

#[test]
fn of_two_columns_for_one_field_the_plainer_name_wins() {
    assert_eq!(columns(&["姓名", "手机", "联系电话"]), [Some(child::NAME), None, Some(child::PHONE)]);
}

#[test]
fn the_column_of_problems_is_never_imported() {
    assert_eq!(columns(&["姓名", super::REASON_COLUMN]), [Some(child::NAME), None]);
    assert!(is_reason("导入问题/import problem"));
}

#[test]
fn what_somebody_set_for_a_header_comes_back_next_time() {
    let form = forms::child();
    let headers = ["姓名".to_owned(), "村庄名".to_owned()];
    let mut mappings = Mappings::default();
    mappings.remember(&headers, &vec![Some(child::NAME), Some(child::VILLAGE)]);
    let again = Mappings::load(&mappings.save());
    let respelt = ["姓 名".to_owned(), "村庄名:".to_owned()];
    assert_eq!(again.recall(&respelt, &form), Some(vec![Some(child::NAME), Some(child::VILLAGE)]));
    assert_eq!(again.recall(&headers[..1], &form), None);
}

#[test]
fn a_field_that_the_station_has_dropped_is_not_imported() {
    let mut mappings = Mappings::default();
    let headers = ["姓名".to_owned(), "家族".to_owned()];
    mappings.remember(&headers, &vec![Some(child::NAME), Some(FieldId::new("x-clan"))]);
    assert_eq!(mappings.recall(&headers, &forms::child()), Some(vec![Some(child::NAME), None]));
}

#[test]
fn damaged_settings_are_forgotten() {
    assert_eq!(Mappings::load("{\"a\": 3"), Mappings::default());
}
