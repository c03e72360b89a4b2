//! `--help` in the language of the person: clap's tree with its words taken from the catalogue.
//!
//! Keys: `cli-about`, `cli-examples`; `cli-<sub>`, `cli-<sub>-examples`; `cli-arg-<name>` for what several take,
//! `cli-<sub>-<name>` for what only one does. A subcommand of a subcommand is `cli-<sub>-<subsub>`.

use super::args::Args;
use crate::i18n::{self, Catalogue, Lang};
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The whole tree, worded.
pub(super) fn command(lang: Lang) -> Command {
    let cat = i18n::catalogue(lang);
    dress_all(Args::command(), "", cat)
}

/// A command with all beneath it; `name` is its path, joined by dashes.
fn dress_all(command: Command, name: &str, cat: &'static Catalogue) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = dress(command, name, cat);
    for sub in names {
        let path = if name.is_empty() { sub.clone() } else { format!("{name}-{sub}") };
        command = command.mut_subcommand(&sub, |sub| dress_all(sub, &path, cat));
    }
    command.disable_help_subcommand(true)
}

fn dress(command: Command, name: &str, cat: &'static Catalogue) -> Command {
    let key = if name.is_empty() { "cli-about".to_owned() } else { format!("cli-{name}") };
    let examples = if name.is_empty() { "cli-examples".to_owned() } else { format!("cli-{name}-examples") };
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let mut command = command
        .about(text(cat, &key))
        .after_help(text(cat, &examples))
        .subcommand_help_heading(text(cat, "cli-heading-commands"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(format!(
            "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n",
            cat.t("cli-heading-usage")
        ));
    for id in ids {
        let own = format!("cli-{name}-{id}").replace('_', "-");
        let shared = format!("cli-arg-{id}").replace('_', "-");
        let key = if cat.has(&own) { own } else { shared };
        command = command.mut_arg(&id, |arg| {
            let heading = if arg.is_positional() { "cli-heading-arguments" } else { "cli-heading-options" };
            let hide = arg.get_action().takes_values();
            let arg = arg.help(text(cat, &key)).help_heading(text(cat, heading));
            if hide { arg.hide_possible_values(true) } else { arg }
        });
    }
    let heading = text(cat, "cli-heading-options");
    command = command.arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(text(cat, "cli-arg-help"))
            .help_heading(heading.clone()),
    );
    if name.is_empty() {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(text(cat, "cli-arg-version"))
                .help_heading(heading),
        );
    }
    command
}

fn text(cat: &'static Catalogue, key: &str) -> String {
    cat.t(key).into_owned()
}

/// Every key that the tree takes from the catalogue: the tidy test looks for each in both languages.
pub fn keys() -> Vec<String> {
    let mut keys = vec!["cli-about".to_owned(), "cli-examples".to_owned()];
    let mut left = vec![(String::from("cli"), Args::command())];
    while let Some((path, command)) = left.pop() {
        for sub in command.get_subcommands() {
            let path = format!("{path}-{}", sub.get_name());
            keys.extend([path.clone(), format!("{path}-examples")]);
            left.push((path, sub.clone()));
        }
    }
    keys
}
