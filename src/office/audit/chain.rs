//! Whether a chain of entries is whole. Pure: the entries' numbers and hashes in, what is wrong with them out.

use crate::office::AuditFault;

/// What checking needs of an entry: a hundred thousand are some ten megabytes.
#[derive(Clone, Copy, Debug)]
pub(in crate::office) struct Link {
    pub number: u64,
    pub prev: [u8; 32],
    pub hash: [u8; 32],
    /// It lies with the child that it is about.
    pub in_place: bool,
}

/// What the chain must be, by the ledger.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::office) struct Chain {
    /// The last entry that was dropped because it was old, and its hash: 0 and zeros if none was.
    pub dropped: (u64, [u8; 32]),
    /// The last entry, and its hash.
    pub last: (u64, [u8; 32]),
}

/// Looks at every entry from the last to the first: each is vouched for by the one behind it, the last by the ledger.
/// Sorts the links by number.
pub(in crate::office) fn check(links: &mut [Link], chain: Chain) -> Vec<AuditFault> {
    links.sort_by_key(|link| link.number);
    let mut numbers = Numbers::default();
    let known = |link: &Link| link.number > chain.dropped.0 && link.number <= chain.last.0;
    numbers.foreign.extend(links.iter().filter(|link| !known(link)).map(|link| link.number));
    numbers.moved.extend(links.iter().filter(|link| !link.in_place).map(|link| link.number));

    let mut groups = links.chunk_by(|one, next| one.number == next.number).rev().peekable();
    let mut expected = Some(chain.last.1);
    let mut at = chain.last.0;
    while at > chain.dropped.0 {
        while groups.next_if(|group| group[0].number > at).is_some() {}
        let Some(group) = groups.next_if(|group| group[0].number == at) else {
            // Down to the next one that is there.
            let next = groups.peek().map_or(chain.dropped.0, |group| group[0].number.max(chain.dropped.0));
            numbers.missing.push((next + 1, at));
            (expected, at) = (None, next);
            continue;
        };
        let before = groups.peek().filter(|group| group[0].number + 1 == at);
        let fits = |link: &Link| before.is_some_and(|group| group.iter().any(|one| one.hash == link.prev));
        // What nothing vouches for any more is believed as long as the one before does not speak against it.
        let believed = |link: &&Link| match expected {
            Some(expected) => link.hash == expected,
            None => before.is_none() || fits(link),
        };
        let sound = group.iter().find(believed);
        if group.len() > 1 {
            numbers.foreign.push(at);
        } else if sound.is_none() {
            numbers.altered.push(at);
        }
        let link = sound.unwrap_or(&group[0]);
        expected = (sound.is_some() || fits(link)).then_some(link.prev);
        at -= 1;
    }
    if expected.is_some_and(|expected| expected != chain.dropped.1) && chain.last.0 > chain.dropped.0 {
        // The first entry says of what was dropped before it what the ledger does not.
        numbers.altered.push(chain.dropped.0 + 1);
    }
    numbers.faults()
}

#[derive(Default)]
struct Numbers {
    missing: Vec<(u64, u64)>,
    altered: Vec<u64>,
    foreign: Vec<u64>,
    moved: Vec<u64>,
}

impl Numbers {
    fn faults(self) -> Vec<AuditFault> {
        let mut faults: Vec<AuditFault> =
            self.missing.into_iter().map(|(from, to)| AuditFault::Missing { from, to }).collect();
        faults.extend(runs(self.altered).into_iter().map(|(from, to)| AuditFault::Altered { from, to }));
        faults.extend(runs(self.foreign).into_iter().map(|(from, to)| AuditFault::Foreign { from, to }));
        faults.extend(runs(self.moved).into_iter().map(|(from, to)| AuditFault::Moved { from, to }));
        faults.sort_by_key(AuditFault::numbers);
        faults
    }
}

/// Numbers as runs, first and last of each.
fn runs(mut numbers: Vec<u64>) -> Vec<(u64, u64)> {
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    runs.map(|run| (run[0], run[run.len() - 1])).collect()
}

#[cfg(test)]
mod tests;
