//! At the shell.

use super::*;

#[test]
fn at_the_shell_a_file_goes_out_by_a_name_that_nobody_sees_in_ps() {
    let home = Home::with_children_since(2, &["王小明", "李小红"]);
    home.write("out.txt", "");
    fs::create_dir(home.path("out")).unwrap();
    let args = "--passphrase-file pass export child --to out --format csv";
    let ran = fed(home.command(args.split(' ')), "王小明\n").done();
    let files: Vec<&str> = ran.lines().collect();
    assert!(files.iter().all(|file| file.starts_with("out/tonghu-TH") && file.ends_with(".csv")), "{ran}");
    let text: String = files.iter().map(|file| text_of(&home.path(file))).collect();
    assert!(text.contains("王小明") && !text.contains("李小红"), "{text}");
    let again = fed(home.command(args.split(' ')), "王小明\n").done();
    assert!(again.lines().all(|file| file.ends_with("-2.csv")), "nothing is overwritten: {again}");
    let told = home.signed_in("audit list --json").json();
    let out = told["entries"].as_array().unwrap().iter().filter(|entry| entry["did"] == "export");
    // The listing itself is one, too, of nobody.
    let out = out.filter(|entry| entry["name"] != "");
    assert_eq!(out.map(|entry| entry["name"].as_str().unwrap()).collect::<Vec<_>>(), ["王小明", "王小明"]);
}

#[test]
fn at_the_shell_tables_and_calendar_go_to_the_folder_one_stands_in() {
    let home = Home::with_children_since(2, &["王小明"]);
    for (line, end) in [
        ("export programme", ".html"),
        ("export programme --format xlsx --discreet", "-discreet.xlsx"),
        ("export calendar", ".ics"),
        ("--lang en export calendar --mine --discreet", "-discreet.ics"),
    ] {
        let file = home.signed_in(line).done();
        assert!(file.trim().starts_with("tonghu-") && file.trim().ends_with(end), "{line}: {file}");
        assert!(home.path(file.trim()).is_file());
    }
    assert_eq!(home.signed_in("export calendar --format csv").code, 2);
    assert_eq!(home.signed_in("export programme --format ics").code, 2);
    home.signed_in("export programme --to nowhere").refused(1, &["nowhere"]);
    home.signed_in("export child 欧阳雪").refused(3, &[]);
}
