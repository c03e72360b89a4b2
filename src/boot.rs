//! Wires the real parts together: the only place that does.

mod clerk;
mod demo;
mod keep;
mod words;

pub use demo::demo;
pub use words::{Shut, not_founded as not_founded_words, shut as shut_words, state as state_words};

use crate::exchange;
use crate::i18n::{self, Lang};
use crate::office::door::{Door, DoorError, DoorState, Ready, Setup};
use crate::office::{BackupFault, Desk, FoundBackup, Office, Unusable, Watch, Way, backups};
use crate::platform::{Clock, SystemClock, dirs, origin};
pub use crate::store::StoreError;
use crate::tui::screen::{DoorView, Founding, Place, Secret};
use crate::tui::terminal::{self, Refusal, Surroundings, Taken};
use crate::tui::theme::Theme;
use crate::tui::{App, Moment, Settings, keymap::Keymap, run};
use crate::vault::{KdfParams, Passphrase, RecoveryKey, Role};
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::Instant,
};

/// What was asked for on the command line; what was not is as it was kept.
#[derive(Clone, Debug)]
pub struct Looks {
    pub lang: Option<Lang>,
    pub theme: Option<String>,
    pub borders: Option<String>,
}

/// The door of the data directory asked for, or of the usual one, for who sits here.
pub fn door(asked: Option<&Path>, way: Way) -> Result<Door, dirs::NoHome> {
    Ok(Door::new(dirs::data(asked)?, Arc::new(SystemClock)).known(&origin(), way))
}

/// A recovery key for a station that can be founded so: to be on paper before [`found`] is called with it.
pub fn recovery_key_for(door: &Door, founding: &Founding) -> Result<Secret, Shut> {
    door.may_found(&founding.station, &founding.login)?;
    Passphrase::check(founding.passphrase.reveal())?;
    let key = RecoveryKey::generate().map_err(DoorError::from)?;
    Ok(Secret::new(key.to_string()))
}

/// Founds a station that this recovery key opens too.
pub fn found(door: &Door, founding: Founding, recovery: &Secret) -> Result<Arc<Desk>, Shut> {
    let recovery = RecoveryKey::parse(recovery.reveal())?;
    let setup = Setup {
        station: founding.station,
        login: founding.login,
        staff_name: founding.staff_name,
        passphrase: Passphrase::check(founding.passphrase.reveal())?,
        role: Role::Lead,
        kdf: kdf(),
    };
    Ok(door.found(setup, &recovery)?)
}

/// Signs in.
pub fn unlock(door: &Door, login: &str, passphrase: &Secret) -> Result<Arc<Desk>, Shut> {
    Ok(door.unlock(login, &Passphrase::typed(passphrase.reveal()))?)
}

/// Sets a new passphrase with the key on paper, and signs in with it.
pub fn recover(door: &Door, login: &str, recovery: &Secret, passphrase: &Secret) -> Result<Arc<Desk>, Shut> {
    let recovery = RecoveryKey::parse(recovery.reveal())?;
    let passphrase = Passphrase::check(passphrase.reveal())?;
    Ok(door.recover(login, &recovery, &passphrase, kdf())?)
}

/// As costly as this machine bears.
fn kdf() -> KdfParams {
    KdfParams::for_this_machine(|params| {
        let began = Instant::now();
        params.try_once();
        began.elapsed()
    })
}

/// The line for whoever started the program where no screen can be drawn.
pub fn no_screen(assume_utf8: bool, lang: Lang) -> Option<Vec<u8>> {
    Refusal::find(&Surroundings::of_this_process(assume_utf8)).map(|refusal| refusal.message(lang))
}

/// Opens the screens at the door.
pub fn screens(door: Door, looks: &Looks) -> io::Result<()> {
    let (view, first) = match door.state() {
        DoorState::New => (DoorView::default(), Place::Wizard),
        DoorState::Ready(ready) => (door_view(ready), Place::Unlock),
        other => return Err(io::Error::other(words::state(i18n::catalogue(settings(looks).lang), &other))),
    };
    let report = door.dir().join("crash-report.txt");
    let mappings = door.dir().join(exchange::map::FILE);
    on_terminal(Start { door: Some(Arc::new(door)), office: None, view, first, report, mappings }, looks)
}

fn door_view(ready: Ready) -> DoorView {
    let logins = ready.logins.into_iter().map(|(login, _)| login).collect();
    let warnings = if ready.sound { vec![] } else { vec!["door-unsound".to_owned()] };
    DoorView { logins, last_backup: ready.last_backup, warnings, ..DoorView::default() }
}

/// The backups in a folder, or one file; of an empty path, those on the sticks that are plugged in.
pub fn find_backups(path: &Path) -> Result<Vec<FoundBackup>, BackupFault> {
    if path.as_os_str().is_empty() {
        let of = |folder: &PathBuf| backups::list(folder, &SystemClock).ok();
        let mut found: Vec<FoundBackup> = dirs::sticks().iter().filter_map(of).flatten().collect();
        backups::newest_first(&mut found);
        return Ok(found);
    }
    let path = dirs::at_home(path);
    if path.is_dir() {
        backups::list(&path, &SystemClock)
    } else {
        Ok(vec![backups::look(&path, &SystemClock)])
    }
}

/// Makes the station of this door from a backup; the door as it is then.
pub fn restore(door: &Door, from: &Path, watch: &dyn Watch) -> Result<DoorView, Unusable> {
    backups::restore(from, door.dir(), &SystemClock, watch)?;
    let DoorState::Ready(ready) = door.state() else {
        return Err(Unusable { fault: BackupFault::Accounts, instead: None });
    };
    Ok(DoorView { restored: true, ..door_view(ready) })
}

struct Start {
    door: Option<Arc<Door>>,
    office: Option<Arc<dyn Office>>,
    view: DoorView,
    first: Place,
    /// Where a panic leaves its report.
    report: PathBuf,
    /// Where the columns of rosters are remembered.
    mappings: PathBuf,
}

fn on_terminal(start: Start, looks: &Looks) -> io::Result<()> {
    let settings = settings(looks);
    let lang = settings.lang;
    let report = start.report.display().to_string();
    let notice = i18n::catalogue(lang).t1("panic-notice", "path", report).into_owned();
    terminal::report_panics(start.report, env!("CARGO_PKG_VERSION"), notice);

    let began = Instant::now();
    let now = move || Moment {
        now: SystemClock.now(),
        ticks: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    let (events, happened) = mpsc::channel();
    terminal::listen(events.clone())?;
    let me = start.office.as_ref().map(|office| office.me().clone());
    let files = clerk::Files { settings: settings_file(), mappings: start.mappings };
    let mut threads = clerk::Threads::new(events, start.door, start.office, lang, files);
    let taken = Taken::take()?;
    let size = terminal::size();
    let mut app = App::new(settings, start.view, start.first, (size.width, size.height), now());
    if let Some(me) = me {
        app = app.signed_in(me);
    }
    let mut terminal = terminal::open(&std::env::var("TERM").unwrap_or_default())?;
    run::run(&mut app, &mut terminal, &taken, &mut threads, &happened, &now)
}

fn settings_file() -> Option<PathBuf> {
    dirs::config().map(|dir| dir.join("settings.toml"))
}

/// What was asked for, else what was kept, else what fits the environment.
fn settings(looks: &Looks) -> Settings {
    let kept = settings_file().map(|file| keep::read(&file)).unwrap_or_default();
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut settings = Settings {
        lang: looks.lang.or(kept.lang()).unwrap_or_else(|| i18n::detect(environment_lang().as_deref())),
        theme_name: "dark".to_owned(),
        theme: Theme::default(),
        keymap: Keymap::default(),
        no_colour,
        discreet: kept.discreet,
        idle_lock: Some(kept.idle_lock()),
    };
    settings.use_theme(looks.theme.as_deref().or(kept.theme.as_deref()).unwrap_or("dark"));
    let borders = looks.borders.as_deref().or(kept.borders.as_deref()).and_then(|word| word.parse().ok());
    if let Some(borders) = borders {
        settings.theme.borders = borders;
    }
    if let Some(dir) = dirs::config() {
        let complaints = keep::keymap(&dir.join("keymap.toml"), &mut settings.keymap, settings.lang);
        if io::stderr().is_terminal() {
            for complaint in complaints {
                let _ = io::Write::write_all(&mut io::stderr(), format!("{complaint}\n").as_bytes());
            }
        }
    }
    settings
}

/// The first that is set of the locale variables that name a language.
pub fn environment_lang() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"))
}
