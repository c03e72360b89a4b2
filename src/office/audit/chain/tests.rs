use super::*;
use AuditFault::{Altered, Foreign, Missing, Moved};

/// A hash as good as any: what matters is what is equal to what.
fn hash(n: u64) -> [u8; 32] {
    *blake3::hash(&n.to_le_bytes()).as_bytes()
}

/// Entries 1 to `n`, each bound to the one before.
fn whole(n: u64) -> (Vec<Link>, Chain) {
    let link = |number: u64| Link {
        number,
        prev: if number == 1 { [0; 32] } else { hash(number - 1) },
        hash: hash(number),
        in_place: true,
    };
    ((1..=n).map(link).collect(), Chain { dropped: (0, [0; 32]), last: (n, hash(n)) })
}

#[test]
fn a_whole_chain_has_no_fault_whatever_the_order_in_which_it_is_read() {
    let (mut links, chain) = whole(9);
    links.swap(0, 8);
    links.swap(3, 5);
    assert_eq!(check(&mut links, chain), vec![]);
    assert_eq!(check(&mut [], Chain::default()), vec![], "nothing was noted yet");
}

#[test]
fn an_edited_entry_is_named_and_its_neighbours_are_not() {
    for at in 1..=9 {
        let (mut links, chain) = whole(9);
        links[at - 1].hash = hash(99);
        let number = at as u64;
        assert_eq!(check(&mut links, chain), vec![Altered { from: number, to: number }]);
    }
}

#[test]
fn dropped_entries_are_named_wherever_they_were() {
    for (from, to) in [(1, 1), (4, 4), (3, 6), (9, 9), (7, 9), (1, 9)] {
        let (mut links, chain) = whole(9);
        links.retain(|link| link.number < from || link.number > to);
        assert_eq!(check(&mut links, chain), vec![Missing { from, to }], "{from}-{to}");
    }
}

#[test]
fn two_entries_that_changed_places_are_both_named() {
    let (mut links, chain) = whole(9);
    (links[3].number, links[4].number) = (5, 4);
    let faults = check(&mut links, chain);
    assert_eq!(faults, vec![Altered { from: 4, to: 5 }]);
}

#[test]
fn an_entry_that_was_put_in_is_named_whether_it_takes_a_number_or_comes_behind_the_last() {
    let (mut links, chain) = whole(9);
    links.push(Link { number: 5, prev: hash(4), hash: hash(99), in_place: true });
    links.push(Link { number: 10, prev: hash(9), hash: hash(98), in_place: true });
    assert_eq!(check(&mut links, chain), vec![Foreign { from: 5, to: 5 }, Foreign { from: 10, to: 10 }]);
}

#[test]
fn a_tail_that_was_written_anew_breaks_where_it_begins_to_differ_from_the_ledger() {
    let (mut links, chain) = whole(9);
    // From 7 on, consistent in itself, but the ledger still has the head of then.
    for link in &mut links[6..] {
        link.hash = hash(link.number + 100);
        if link.number > 7 {
            link.prev = hash(link.number + 99);
        }
    }
    assert_eq!(check(&mut links, chain), vec![Altered { from: 9, to: 9 }], "nothing below is vouched for");
}

#[test]
fn an_entry_that_lies_with_another_child_is_named() {
    let (mut links, chain) = whole(3);
    links[1].in_place = false;
    assert_eq!(check(&mut links, chain), vec![Moved { from: 2, to: 2 }]);
}

#[test]
fn a_chain_may_begin_where_old_entries_were_dropped_and_nowhere_else() {
    let (links, mut chain) = whole(9);
    chain.dropped = (4, hash(4));
    let mut kept = links[4..].to_vec();
    assert_eq!(check(&mut kept, chain), vec![]);
    let mut shorter = links[5..].to_vec();
    assert_eq!(check(&mut shorter, chain), vec![Missing { from: 5, to: 5 }]);
    chain.dropped = (4, hash(99));
    assert_eq!(check(&mut kept, chain), vec![Altered { from: 5, to: 5 }]);
    chain.dropped = (4, hash(4));
    let mut back = links[3..].to_vec();
    assert_eq!(check(&mut back, chain), vec![Foreign { from: 4, to: 4 }], "what was dropped is back");
    let all = Chain { dropped: (9, hash(9)), last: (9, hash(9)) };
    assert_eq!(check(&mut [], all), vec![], "everything was old");
}
