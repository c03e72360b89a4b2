//! The program among faults: killed or cut off from power while somebody writes, on a full disk, with a clock that jumps,
//! moved elsewhere, with files damaged. A short form runs with all tests, the full one by `tests/faults`.

mod clock;
mod damage;
mod full_disk;
mod killed;
mod moved;
mod power;

pub(crate) fn full() -> bool {
    std::env::var("TONGHU_FAULTS").is_ok_and(|form| form == "full")
}
