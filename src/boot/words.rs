//! Words for what went wrong before anybody is signed in.

use crate::i18n::Catalogue;
use crate::office::door::{Door, DoorError, DoorState};
use crate::vault::{RecoverySlip, Weak};

/// Why nobody came in.
#[derive(Debug, thiserror::Error)]
pub enum Shut {
    #[error(transparent)]
    Door(#[from] DoorError),
    #[error("the passphrase is too easy to guess: {0}")]
    Weak(#[from] Weak),
    #[error("the recovery key is not typed right")]
    Slip(#[from] RecoverySlip),
}

/// What happened and what to do.
pub fn shut(cat: &Catalogue, error: &Shut) -> String {
    match error {
        Shut::Door(DoorError::Wait { seconds }) => cat.t1("door-wait", "seconds", *seconds).into_owned(),
        Shut::Door(error @ (DoorError::Damaged(why) | DoorError::ReadOnly(why) | DoorError::Store(why))) => {
            cat.t1(error.key(), "why", why.as_str()).into_owned()
        }
        Shut::Door(error) => cat.t(error.key()).into_owned(),
        Shut::Weak(Weak::Short) => cat.t("wizard-short").into_owned(),
        Shut::Weak(Weak::Repeated | Weak::Common) => cat.t("wizard-easy").into_owned(),
        Shut::Slip(slip) => {
            let groups: Vec<String> = slip.groups.iter().map(ToString::to_string).collect();
            cat.t1("wizard-wrong-groups", "groups", groups.join(", ")).into_owned()
        }
    }
}

/// Why no station was founded, and what that means for a recovery key that is on paper already.
pub fn not_founded(cat: &Catalogue, door: &Door, error: &Shut) -> String {
    // Cut short after its files were made, a station stands, and that key opens it.
    let stands = matches!(door.state(), DoorState::Ready(_));
    let key = if stands { "door-half-founded" } else { "door-not-founded" };
    cat.t1(key, "why", shut(cat, error)).into_owned()
}

/// Why the door cannot even be shown.
pub fn state(cat: &Catalogue, state: &DoorState) -> String {
    match state {
        DoorState::New | DoorState::Ready(_) => String::new(),
        DoorState::Newer => cat.t("door-newer").into_owned(),
        DoorState::Damaged(why) => cat.t1("door-damaged", "why", why.as_str()).into_owned(),
        DoorState::Foreign => cat.t("door-foreign").into_owned(),
    }
}
