use super::*;
use proptest::prelude::*;

const BOY: &str = "991403202309185653";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Invented numbers: no area begins with 99.
fn sound() -> impl Strategy<Value = String> {
    (0u32..10_000, 0i64..80_000, 0u32..1000).prop_map(|(area, days, serial)| {
        let birth = day(1900, 1, 1) + chrono::TimeDelta::days(days);
        let mut text = format!("99{area:04}{}{serial:03}0", birth.format("%Y%m%d"));
        let (digits, _) = characters(&text).unwrap();
        text.pop();
        text.push(char::from(check_of(&digits)));
        text
    })
}

#[test]
fn a_number_says_area_birth_and_sex() {
    let id = ResidentId::parse(BOY).unwrap();
    assert_eq!((id.area(), id.birth(), id.sex()), ("991403", day(2023, 9, 18), "m"));
    assert_eq!(ResidentId::parse("990627201604056594").unwrap().sex(), "m");
}

#[test]
fn spaces_full_width_and_a_small_x_do_not_matter() {
    let plain = ResidentId::parse("99010120150230123x");
    assert!(matches!(plain, Err(IdFault::Date { .. })), "30 February");
    let spaced = ResidentId::parse(" 991403 20230918　５６５３ ").unwrap();
    assert_eq!(spaced.as_str(), BOY);
    let with_x = (0..1000)
        .map(|serial| format!("99010120150203{serial:03}x"))
        .find_map(|text| ResidentId::parse(&text).ok())
        .unwrap();
    assert!(with_x.as_str().ends_with('X'));
}

#[test]
fn the_old_card_of_fifteen_digits_is_read() {
    let id = ResidentId::parse("990101800102011").unwrap();
    assert!(id.is_old());
    assert_eq!((id.birth(), id.sex(), id.area()), (day(1980, 1, 2), "m", "990101"));
}

#[test]
fn a_letter_or_a_missing_digit_is_said_where_it_is() {
    assert_eq!(ResidentId::parse("99140320230918565"), Err(IdFault::Length { have: 17 }));
    assert_eq!(ResidentId::parse("99140320230918O653"), Err(IdFault::Letter { at: 15 }));
    assert_eq!(ResidentId::parse("9914032023X9185653"), Err(IdFault::Letter { at: 11 }));
    assert_eq!(ResidentId::parse("99010180010201X"), Err(IdFault::Letter { at: 15 }));
    assert_eq!(ResidentId::parse(""), Err(IdFault::Length { have: 0 }));
}

#[test]
fn the_typed_birth_date_points_at_the_one_wrong_digit() {
    // Born on the 18th; the card was read as the 13th.
    let typed = "991403202309135653";
    let born = day(2023, 9, 18);
    assert_eq!(
        suspects(typed, Some(born), Some("m"), &|_| true),
        [Suspect::Digit { position: 14, should_be: '8' }]
    );
}

#[test]
fn swapped_neighbours_in_a_known_area_come_first() {
    let typed = "991043202309185653";
    let found = suspects(typed, Some(day(2023, 9, 18)), Some("m"), &|area| area == "991403");
    assert_eq!(found, [Suspect::Swap { position: 4 }]);
}

#[test]
fn a_date_that_does_not_exist_has_its_slip_named_too() {
    // The 18th of September with a month of 29.
    let typed = "991403202329185653";
    let Err(IdFault::Date { likely }) = ResidentId::parse(typed) else {
        panic!("there is no month 29");
    };
    assert!(likely.contains(&Suspect::Digit { position: 11, should_be: '0' }));
    assert_eq!(
        suspects(typed, Some(day(2023, 9, 18)), None, &|_| true),
        [Suspect::Digit { position: 11, should_be: '0' }]
    );
}

#[test]
fn a_number_does_not_print_itself() {
    assert_eq!(format!("{:?}", ResidentId::parse(BOY)), "Ok(ResidentId(..))");
}

fn mend(text: &str, suspect: Suspect) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    match suspect {
        Suspect::Digit { position, should_be } => chars[position - 1] = should_be,
        Suspect::Swap { position } => chars.swap(position - 1, position),
    }
    chars.into_iter().collect()
}

proptest! {
    #[test]
    fn every_wrong_digit_is_caught_and_the_right_one_is_among_the_suspects(text in sound()) {
        let birth = ResidentId::parse(&text).unwrap().birth();
        let sex = ResidentId::parse(&text).unwrap().sex();
        for at in 0..18 {
            for wrong in "0123456789X".chars() {
                let mut chars: Vec<char> = text.chars().collect();
                if chars[at] == wrong || (wrong == 'X' && at != 17) {
                    continue;
                }
                chars[at] = wrong;
                let typed: String = chars.into_iter().collect();
                prop_assert!(ResidentId::parse(&typed).is_err(), "position {at} as {wrong}");
                let found = suspects(&typed, Some(birth), Some(sex), &|_| true);
                prop_assert!(found.iter().any(|suspect| mend(&typed, *suspect) == text));
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_is_caught(text in sound()) {
        for at in 0..17 {
            let mut chars: Vec<char> = text.chars().collect();
            chars.swap(at, at + 1);
            let typed: String = chars.into_iter().collect();
            if typed == text {
                continue;
            }
            prop_assert!(ResidentId::parse(&typed).is_err(), "swap at {at}");
            // An X away from its place has been named already.
            if let Err(IdFault::Check { likely } | IdFault::Date { likely }) = ResidentId::parse(&typed) {
                prop_assert!(likely.iter().any(|suspect| mend(&typed, *suspect) == text));
            }
        }
    }

    #[test]
    fn whatever_a_suspect_proposes_is_sound(text in "[0-9]{17}[0-9X]") {
        for suspect in suspects(&text, None, None, &|_| true) {
            prop_assert!(ResidentId::parse(&mend(&text, suspect)).is_ok());
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,24}") {
        let _ = ResidentId::parse(&text);
    }
}
