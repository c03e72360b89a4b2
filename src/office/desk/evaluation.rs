//! What the scores of all children say together.

use super::Files;
use crate::domain::forms::score;
use crate::domain::forms::services::DOMAINS;
use crate::domain::{Record, RecordKind};
use crate::office::{Refusal, Watch, keep};
use crate::practice::scoring::{Programme, programme};
use std::ops::ControlFlow;

/// So many records are read between two looks at whether to stop.
const LOOK: u64 = 256;

impl Files {
    /// Reads every score, but opens no file: no name and no case is in the answer.
    pub(super) fn evaluation(
        &self,
        instrument: Option<&str>,
        watch: &dyn Watch,
    ) -> Result<Vec<(String, Programme)>, Refusal> {
        let (mut scores, mut read, mut refused) = (Vec::<Record>::new(), 0, None);
        self.store.scan(RecordKind::Score as u8, None, &mut |_, bytes| {
            read += 1;
            if read % LOOK == 0 && !watch.progress(read, None) {
                refused = Some(Refusal::Stopped);
                return ControlFlow::Break(());
            }
            match keep::decode::<Record>(&bytes) {
                Ok(record) => {
                    let own = record.fields.text(&score::INSTRUMENT);
                    if instrument.is_none_or(|wanted| wanted == own) {
                        scores.push(record);
                    }
                    ControlFlow::Continue(())
                }
                Err(refusal) => {
                    refused = Some(refusal);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(refusal) = refused {
            return Err(refusal);
        }
        let practice = self.practice();
        let instruments = &practice.instruments;
        let mut all: Vec<(String, Programme)> = programme(instruments, &scores).into_iter().collect();
        all.sort_by_key(|(id, _)| {
            let domain = instruments.all().iter().find(|one| one.id == *id).map(|one| one.domain);
            (DOMAINS.iter().position(|known| Some(*known) == domain), id.clone())
        });
        Ok(all)
    }
}
