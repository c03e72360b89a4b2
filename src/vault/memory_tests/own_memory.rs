//! This process's own memory, all of it that can be read. Two stories look through it: the one of the keys, which only
//! the vault sees, and that of what a session leaks, in `tests/it/leaks.rs`.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use zeroize::Zeroize;

const STEP: usize = 1 << 20;

/// Shows it in pieces, each beginning with the last bytes of the one before: `overlap`, at least as long as what is
/// looked for.
pub(crate) fn look_through(overlap: usize, look: &mut dyn FnMut(&[u8])) {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0u8; STEP + overlap];
    let own = buffer.as_ptr() as u64;
    for line in maps.lines() {
        let Some((range, rest)) = line.split_once(' ') else { continue };
        if !rest.starts_with('r') {
            continue;
        }
        let ends = range.split_once('-').unwrap();
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (from, to) = (number(ends.0), number(ends.1));
        // What it has read lies in its own memory too.
        for (mut at, to) in [(from, to.min(own)), (from.max(own + buffer.len() as u64), to)] {
            while at < to {
                let len = ((to - at) as usize).min(buffer.len());
                // Some pages of the kernel's do not let themselves be read.
                if let Ok(read) = memory.read_at(&mut buffer[..len], at) {
                    look(&buffer[..read]);
                }
                at += STEP as u64;
            }
        }
    }
    buffer.zeroize();
}
