use super::*;
use proptest::prelude::*;

fn sheet(bytes: &[u8]) -> Result<Sheet, FileFault> {
    Sheet::open(Source::Bytes(bytes.into()), &|cells| {
        cells.iter().filter(|cell| matches!(cell.as_str(), "姓名" | "电话" | "name" | "phone")).count()
    })
}

fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let mut rows = sheet(bytes).unwrap().rows().unwrap();
    let mut all = vec![];
    while let Some(row) = rows.read().unwrap() {
        all.push((row.line, row.cells.into_iter().map(|cell| cell.raw).collect()));
    }
    all
}

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

const TEXT: &str = "姓名,电话\r\n李雷,10012345678\r\n韩梅梅,10087654321\r\n";

#[test]
fn a_roster_reads_the_same_in_every_encoding() {
    let expected = rows(TEXT.as_bytes());
    assert_eq!(expected[0], (2, vec!["李雷".to_owned(), "10012345678".to_owned()]));
    assert_eq!(expected.len(), 2);
    for (bytes, encoding) in [
        (gb(TEXT), Encoding::Gb18030),
        (utf16(TEXT), Encoding::Utf16Le),
        ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), Encoding::Utf8),
    ] {
        assert_eq!(sheet(&bytes).unwrap().encoding, encoding);
        assert_eq!(rows(&bytes), expected, "{encoding:?}");
    }
}

#[test]
fn a_gzipped_roster_reads_the_same() {
    let mut zip = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    io::Write::write_all(&mut zip, TEXT.as_bytes()).unwrap();
    assert_eq!(rows(&zip.finish().unwrap()), rows(TEXT.as_bytes()));
}

#[test]
fn the_separator_is_seen_in_the_first_lines() {
    for (mark, separator) in [
        ("\t", Separator::Tab),
        (";", Separator::Semicolon),
        ("，", Separator::WideComma),
        (",", Separator::Comma),
    ] {
        let text = TEXT.replace(',', mark);
        for bytes in [text.clone().into_bytes(), gb(&text)] {
            assert_eq!(sheet(&bytes).unwrap().separator, separator);
            assert_eq!(rows(&bytes), rows(TEXT.as_bytes()));
        }
    }
    let semicolons = "姓名;备注;电话\n李雷;a,b,c;1\n韩梅梅;d;2\n";
    assert_eq!(sheet(semicolons.as_bytes()).unwrap().separator, Separator::Semicolon);
}

#[test]
fn a_title_above_the_header_is_no_header() {
    let text = format!("禾溪县困境儿童花名册,\n\n{TEXT}");
    let sheet = sheet(text.as_bytes()).unwrap();
    assert_eq!((sheet.header_line, sheet.headers.clone()), (3, vec!["姓名".to_owned(), "电话".to_owned()]));
    assert_eq!(rows(text.as_bytes())[0].0, 4);
}

#[test]
fn quotes_hold_separators_breaks_and_quotes() {
    let text = "姓名,电话\n\"李,\"\"雷\"\"\n二\",1\n\n韩梅梅,2";
    let found = rows(text.as_bytes());
    assert_eq!(found[0].1[0], "李,\"雷\"\n二");
    assert_eq!(found[1], (5, vec!["韩梅梅".to_owned(), "2".to_owned()]), "lines are those of the file");
}

#[test]
fn a_quote_that_is_never_closed_is_named() {
    let text = "姓名,电话\n李雷,1\n\"韩梅梅,2\n张三,3\n";
    let mut rows = sheet(text.as_bytes()).unwrap().rows().unwrap();
    assert!(rows.read().unwrap().is_some());
    assert!(matches!(rows.read(), Err(FileFault::OpenQuote { line: 3, column: 1 })));
}

#[test]
fn a_cell_of_ten_megabytes_is_named_and_not_kept() {
    let text = format!("姓名,电话\n李雷,{}\n韩梅梅,2\n", "9".repeat(10 << 20));
    let mut rows = sheet(text.as_bytes()).unwrap().rows().unwrap();
    let row = rows.read().unwrap().unwrap();
    assert_eq!((row.line, &row.cells[1].trouble), (2, &Some(Trouble::TooLong)));
    assert!(row.cells[1].raw.len() < 1_000);
    assert_eq!(rows.read().unwrap().unwrap().line, 3);
}

#[test]
fn a_line_in_another_encoding_is_named_with_what_it_may_say() {
    let bytes = [TEXT.as_bytes(), &gb("王小明,1\n"), "赵六,2\n".as_bytes()].concat();
    let mut rows = sheet(&bytes).unwrap().rows().unwrap();
    let mut found = vec![];
    while let Some(row) = rows.read().unwrap() {
        if let Some(trouble) = &row.cells[0].trouble {
            found.push((row.line, trouble.clone()));
        }
    }
    assert_eq!(found, [(4, Trouble::Encoding { likely: Some("王小明".into()) })]);
}

#[test]
fn files_that_are_no_rosters_say_so() {
    assert!(matches!(sheet(b""), Err(FileFault::Empty)));
    assert!(matches!(sheet(b"PK\x03\x04rest"), Err(FileFault::Workbook)));
    assert!(matches!(sheet(&[0; 4_000]), Err(FileFault::NotText)));
    assert!(matches!(sheet(b"\n\n  \n"), Err(FileFault::Empty)));
    let wide = vec!["a"; 1_001].join(",");
    assert!(matches!(sheet(wide.as_bytes()), Err(FileFault::TooManyColumns { line: 1, columns: 1_001 })));
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail_otherwise_than_with_a_fault(
        bytes in proptest::collection::vec(
            prop_oneof![
                4 => Just(b','), 2 => Just(b'"'), 2 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(0u8),
                6 => any::<u8>(), 3 => Just(0xef), 2 => Just(0xbc), 2 => Just(0x8c),
            ],
            0..300,
        )
    ) {
        if let Ok(sheet) = sheet(&bytes) {
            let mut rows = sheet.rows().unwrap();
            while let Ok(Some(row)) = rows.read() {
                prop_assert!(row.line > 0 && !row.cells.is_empty());
            }
        }
    }

    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        table in proptest::collection::vec(proptest::collection::vec("[a-z李雷,;\t\"\n ]{0,5}x", 3), 1..8)
    ) {
        let mut csv = csv::Writer::from_writer(vec![]);
        csv.write_record(["姓名", "电话", "备注"]).unwrap();
        for row in &table {
            csv.write_record(row).unwrap();
        }
        let bytes = csv.into_inner().unwrap();
        let input: Box<dyn Read> = Box::new(io::Cursor::new(bytes));
        let mut rows = Rows::new(input, Separator::Comma, false);
        rows.read().unwrap();
        for expected in &table {
            let row = rows.read().unwrap().unwrap();
            let cells: Vec<String> = row.cells.into_iter().map(|cell| cell.raw).collect();
            prop_assert_eq!(&cells, expected);
        }
    }
}
