//! A disk that fails to sync, is full, or gives back other bytes than it was given.

use super::*;

#[test]
fn after_a_failed_sync_the_file_is_left_alone_and_what_is_acknowledged_is_elsewhere() {
    let keys = DataKeys::ephemeral();
    let syncs = {
        let mut station = Station::new(&keys);
        station.play_all(&a_day());
        station.disk.model().syncs
    };
    for failing in 1..=syncs {
        let mut station = Station::new(&keys);
        if station.disk.model().syncs >= failing {
            continue;
        }
        station.disk.model().fail_sync = Some(failing);
        for deed in a_day() {
            // A snapshot, an import or a roster file may fail and say so; a save goes on in another file.
            if let (Err(error), Deed::Commit(_)) = (station.play(&deed), &deed) {
                panic!("sync {failing}: {error}");
            }
            if let Some(imported) = station.in_doubt.take() {
                assert_ne!(imported, station.acknowledged);
            }
        }
        station.same_as_acknowledged();
        assert!(!station.disk.model().trusted_a_failed_file, "sync {failing}");
        // Of what was never synced nothing survives.
        station.disk.model().inodes.iter_mut().for_each(|inode| inode.writes.clear());
        station.cut(&mut Dice(failing as u64));
        station.same_as_acknowledged();
    }
}

impl Station {
    fn same_as_acknowledged(&self) {
        same("what was acknowledged", &self.found(), &self.acknowledged);
    }
}

#[test]
fn on_a_full_disk_the_last_saves_go_through_then_it_says_so_and_space_heals_it() {
    let keys = DataKeys::ephemeral();
    let mut station = Station::new(&keys);
    station.play(&Deed::Commit(vec![4])).unwrap();
    station.disk.model().room = Some(0);
    let mut saved = 0;
    let full = loop {
        assert!(station.engine().prepare_segments().is_err() || saved < 20);
        match station.play(&Deed::Commit(vec![saved * 4])) {
            Ok(()) => saved += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StoreError::Full), "{full}");
    assert!(saved >= 8, "the spare segments take some: {saved}");
    station.in_doubt = None;
    station.same_as_acknowledged();
    assert!(matches!(station.engine().snapshot(&mut |_| ControlFlow::Continue(())), Err(StoreError::Full)));
    assert!(matches!(station.play(&Deed::Import { rows: 9, cancelled: false }), Err(StoreError::Full)));
    station.in_doubt = None;

    // Read again after a restart on the full disk.
    let place = Box::new(station.place.clone());
    let disk = Arc::new(station.disk.clone());
    let (engine, ..) = Engine::open(disk, place, keys.clone(), tuning()).unwrap();
    engine.open_engine();
    station.engine = Some(engine);
    station.same_as_acknowledged();

    station.disk.model().room = None;
    station.play_all(&a_day());
    station.cut(&mut Dice(1));
    station.same_as_acknowledged();
}

#[test]
fn a_damaged_commit_in_the_middle_of_the_journal_is_reported_and_the_engine_makes_it_good() {
    let keys = DataKeys::ephemeral();
    for byte in (130..330).step_by(7) {
        let mut station = Station::new(&keys);
        for n in 0..6u8 {
            station.play(&Deed::Commit(vec![n * 16])).unwrap();
        }
        station.play_all(&[Deed::Apply, Deed::SyncEngine]);
        {
            let mut model = station.disk.model();
            let inode = model.names["journal-00000001"];
            model.inodes[inode].live[byte] ^= 4;
        }
        let place = Box::new(station.place.clone());
        let disk = Arc::new(station.disk.clone());
        let (engine, _, report) = Engine::open(disk, place, keys.clone(), tuning()).unwrap();
        assert_eq!(report.findings.lost.len(), 1, "byte {byte}");
        engine.open_engine();
        station.engine = Some(engine);
        station.play_all(&[Deed::Snapshot, Deed::Pin]);
        // From now on the journal is not needed for it.
        station.place = MemPlace::default();
        station.open().unwrap();
        station.same_as_acknowledged();
    }
}
