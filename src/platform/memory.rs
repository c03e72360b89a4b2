//! Memory that is free goes back to the system: these PCs have little of it.
//!
//! The one file with `unsafe`: two calls of the C library's allocator that take and give numbers only.
#![allow(unsafe_code)]

/// Set before the first thread starts. Few arenas: each of the C library's arenas keeps what its threads freed. Large
/// blocks always apart: once it has seen one freed, the allocator would put the next among the small ones, where its
/// room stays behind.
pub fn keep_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const M_MMAP_THRESHOLD: i32 = -3;
        const M_ARENA_MAX: i32 = -8;
        // SAFETY: `mallopt` sets a number; it may be called at any time.
        unsafe {
            mallopt(M_ARENA_MAX, 1);
            mallopt(M_MMAP_THRESHOLD, 256 << 10);
        }
    }
}

/// Gives back what was freed: after work that took much for a moment.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: `malloc_trim` touches free memory only.
    unsafe {
        malloc_trim(0)
    };
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
unsafe extern "C" {
    fn mallopt(param: i32, value: i32) -> i32;
    fn malloc_trim(pad: usize) -> i32;
}
