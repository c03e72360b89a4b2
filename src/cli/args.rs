//! What can be typed behind `tonghu`. The words of `--help` are the catalogue's: see [`super::help`].

use crate::i18n::{self, Lang};
use crate::office::Role;
use clap::{Args as Group, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::{ffi::OsString, path::PathBuf};

#[derive(Debug, Parser)]
#[command(name = "tonghu", version)]
pub struct Args {
    #[command(subcommand)]
    pub sub: Option<Sub>,
    /// Where the data is.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// `zh` or `en`.
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// `-` is standard input. A passphrase is never an argument or an environment variable.
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "THEME", value_parser = ["dark", "light", "16-colour", "mono"])]
    pub theme: Option<String>,
    #[arg(long, value_name = "BORDERS", value_parser = ["ascii", "line", "none"])]
    pub borders: Option<String>,
    #[arg(long)]
    pub assume_utf8: bool,
}

#[derive(Debug, Subcommand)]
pub enum Sub {
    Demo(Demo),
    Init(Init),
    #[command(subcommand)]
    Account(Account),
    Directory(Directory),
    Find(Find),
    Show(Show),
    Due(Due),
    #[command(subcommand)]
    Export(Export),
    Import(Import),
    Backup(Backup),
    Restore(Restore),
    #[command(subcommand)]
    Audit(Audit),
    Doctor(Doctor),
    #[command(subcommand)]
    Rules(Rules),
    #[command(subcommand)]
    Precedent(Precedent),
    #[command(subcommand)]
    Template(Template),
    #[command(subcommand)]
    Report(Report),
    Manual(Manual),
    Completions(Completions),
}

#[derive(Debug, Group)]
pub struct Demo {
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub children: u32,
}

#[derive(Debug, Group)]
pub struct Init {
    #[arg(long, value_name = "NAME")]
    pub station: String,
    #[arg(long, value_name = "CITY")]
    pub city: Option<String>,
    #[arg(long, value_name = "COUNTY")]
    pub county: Option<String>,
    #[arg(long, value_name = "TOWN")]
    pub town: Option<String>,
    /// The name of the person whose account it is.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where the recovery key is written: a new file that only its owner may read.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub recovery_file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum Account {
    List(AccountList),
    Add(AccountAdd),
    Disable(AccountWhose),
    Enable(AccountWhose),
    Role(AccountRole),
    Reset(AccountReset),
    RotateKey,
    Passphrase(AccountPassphrase),
    Recovery(AccountRecovery),
}

#[derive(Debug, Group)]
pub struct AccountList {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct AccountAdd {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[arg(long, value_enum, value_name = "ROLE")]
    pub role: RoleWord,
    /// `-` is standard input, behind the line of the one who signs in if that comes from there too.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub new_passphrase_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleWord {
    Caseworker,
    Supervisor,
    Lead,
    Support,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Role {
        match word {
            RoleWord::Caseworker => Role::Caseworker,
            RoleWord::Supervisor => Role::Supervisor,
            RoleWord::Lead => Role::Lead,
            RoleWord::Support => Role::Support,
        }
    }
}

#[derive(Debug, Group)]
pub struct AccountWhose {
    #[arg(value_name = "LOGIN")]
    pub login: String,
}

#[derive(Debug, Group)]
pub struct AccountRole {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(value_enum, value_name = "ROLE")]
    pub role: RoleWord,
}

#[derive(Debug, Group)]
pub struct AccountReset {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    /// `-` is standard input, behind the line of the one who signs in if that comes from there too.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct AccountPassphrase {
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct AccountRecovery {
    /// Where the new key is written: a new file that only its owner may read.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub recovery_file: PathBuf,
}

#[derive(Debug, Group)]
pub struct Directory {
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Find {
    /// Asked for if it is not given, or `-`: an argument stands in `ps` and in the shell's history.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Show {
    /// As with `find`.
    #[arg(value_name = "CASE")]
    pub case: Vec<String>,
    #[arg(long, conflicts_with = "json")]
    pub discreet: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
#[group(multiple = true)]
pub struct Due {
    #[arg(long, conflicts_with_all = ["json", "notify", "mine"])]
    pub brief: bool,
    #[arg(long, conflicts_with = "notify")]
    pub json: bool,
    /// What waits for a supervisor instead.
    #[arg(long, conflicts_with_all = ["brief", "notify", "mine"])]
    pub queue: bool,
    #[arg(long, conflicts_with = "mine")]
    pub notify: bool,
    #[arg(long)]
    pub mine: bool,
    /// The default.
    #[arg(long, conflicts_with = "mine")]
    pub all: bool,
}

#[derive(Debug, Group)]
pub struct Import {
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Without it, only what would happen is shown.
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub skip_bad: bool,
    #[arg(long, value_enum, default_value_t = Twice::Refuse)]
    pub duplicates: Twice,
    /// `HEADER=FIELD`
    #[arg(long = "map", value_name = "HEADER=FIELD")]
    pub maps: Vec<String>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Twice {
    Refuse,
    Skip,
    Keep,
}

/// What `backup` does other than make one.
const BESIDES: [&str; 5] = ["verify", "daily", "no_daily", "due", "drill"];

#[derive(Debug, Group)]
#[group(multiple = true)]
pub struct Backup {
    #[arg(value_name = "TO", value_hint = ValueHint::AnyPath, required_unless_present_any = BESIDES)]
    pub to: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "to", value_hint = ValueHint::AnyPath)]
    pub verify: Option<PathBuf>,
    #[arg(long, value_name = "DIR", conflicts_with_all = ["to", "verify"], value_hint = ValueHint::DirPath)]
    pub daily: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["to", "verify", "daily"])]
    pub no_daily: bool,
    #[arg(long, conflicts_with_all = ["to", "verify", "daily", "no_daily"])]
    pub due: bool,
    #[arg(long, conflicts_with_all = ["to", "verify", "daily", "no_daily", "due"])]
    pub drill: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Restore {
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    Verify(AuditVerify),
    List(AuditList),
}

#[derive(Debug, Group)]
pub struct AuditVerify {
    /// Backups of this station; each may be given by an option of its own.
    #[arg(long, value_name = "BACKUP", value_hint = ValueHint::FilePath)]
    pub against: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct AuditList {
    /// Asked for if it is `-`, or not said.
    #[arg(long, value_name = "CASE", num_args = 0..=1, default_missing_value = "-")]
    pub child: Option<String>,
    /// `--account` is who asks.
    #[arg(long, value_name = "LOGIN")]
    pub by: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Doctor {
    #[arg(long)]
    pub repair: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Rules {
    Explain(RulesExplain),
    Check(RulesCheck),
    Test(RulesTest),
    Facts(RulesFacts),
}

/// Which tables are in force: the core's, and under a folder's if one is given.
#[derive(Debug, Group)]
pub struct RuleTables {
    /// As `practice` of a data directory.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub tables: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct RulesExplain {
    /// JSON; `-` is standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub facts: PathBuf,
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    #[command(flatten)]
    pub with: RuleTables,
}

#[derive(Debug, Group)]
pub struct RulesTest {
    #[arg(value_name = "TABLE", value_hint = ValueHint::FilePath)]
    pub table: PathBuf,
    #[command(flatten)]
    pub with: RuleTables,
}

#[derive(Debug, Group)]
pub struct RulesCheck {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct RulesFacts {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Precedent {
    Export(HandOut),
    Import(TakeIn),
}

#[derive(Debug, Subcommand)]
pub enum Template {
    Export(TemplateExport),
    Import(TakeIn),
}

#[derive(Debug, Group)]
pub struct HandOut {
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct TemplateExport {
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
    /// Names of places may stay in it.
    #[arg(long)]
    pub anyway: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct TakeIn {
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Without it, only what would happen is shown.
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Export {
    Programme(ExportProgramme),
    Child(ExportChild),
    Calendar(ExportCalendar),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    Html,
    Xlsx,
    Csv,
}

/// What becomes of a report.
#[derive(Debug, Group)]
pub struct ExportWith {
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "html")]
    pub format: FileFormat,
    #[arg(long)]
    pub discreet: bool,
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub to: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct ExportProgramme {
    #[command(flatten)]
    pub with: ExportWith,
}

#[derive(Debug, Group)]
pub struct ExportChild {
    /// As with `find`.
    #[arg(value_name = "CASE")]
    pub case: Vec<String>,
    #[command(flatten)]
    pub with: ExportWith,
}

#[derive(Debug, Group)]
pub struct ExportCalendar {
    #[arg(long, value_name = "FORMAT", value_parser = ["ics"], default_value = "ics")]
    pub format: String,
    #[arg(long)]
    pub mine: bool,
    #[arg(long)]
    pub discreet: bool,
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub to: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Report {
    Evaluation(ReportEvaluation),
    Needs(ReportNeeds),
    Quality(ReportQuality),
}

#[derive(Debug, Group)]
pub struct ReportEvaluation {
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct ReportNeeds {
    #[arg(long)]
    pub towns: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
#[group(multiple = true)]
pub struct ReportQuality {
    #[arg(long, value_name = "LOGIN")]
    pub worker: Option<String>,
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Manual {
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
}

#[derive(Debug, Group)]
pub struct Completions {
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The language to speak: `--lang` wherever it stands, else the environment's. Needed before the arguments are
/// parsed, because their help speaks it too.
pub fn language(args: impl Iterator<Item = OsString>) -> Lang {
    let args: Vec<String> = args.map(|arg| arg.to_string_lossy().into_owned()).collect();
    let asked = args.iter().enumerate().find_map(|(at, arg)| match arg.strip_prefix("--lang") {
        Some("") => args.get(at + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    asked
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_else(|| i18n::detect(crate::boot::environment_lang().as_deref()))
}
