//! A station to look at and to test with: cheap to unlock, nothing to write down.

use super::{Desk, Door, DoorError, Imported, Office, Setup, Unwatched};
use crate::domain::{Fields, forms::station};
use crate::platform::Clock;
use crate::vault::{KdfParams, Passphrase, Role};
use std::path::Path;
use std::sync::Arc;

pub const DEMO_LOGIN: &str = "demo";
/// Shown on the screen: nothing that matters is behind it.
pub const DEMO_PASSPHRASE: &str = "look around freely";

/// Founds a throw-away station with these children in an empty directory.
pub fn demo(
    dir: &Path,
    clock: Arc<dyn Clock>,
    children: impl Iterator<Item = Fields>,
) -> Result<Arc<Desk>, DoorError> {
    let setup = Setup {
        station: Fields::default().with(station::NAME, "青石镇儿童服务站"),
        login: DEMO_LOGIN.to_owned(),
        staff_name: "何晓雨".to_owned(),
        passphrase: Passphrase::typed(DEMO_PASSPHRASE),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    let (desk, _) = Door::new(dir.to_owned(), clock).found(setup)?;
    let mut children = children.peekable();
    if children.peek().is_some() {
        let Imported { .. } = desk.import(&mut children, &Unwatched)?;
    }
    Ok(desk)
}
