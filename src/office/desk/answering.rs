//! Which part of the desk answers which request.

use super::{Files, manual};
use crate::office::audit::Verb;
use crate::office::{Answer, Refusal, Request, Watch, backups};
use crate::vault::RecoveryKey;

impl Files {
    pub(super) fn answer(&self, request: Request, watch: &dyn Watch) -> Result<Answer, Refusal> {
        Ok(match request {
            Request::Find { text, limit } => {
                self.searched(Verb::Search, &text.0)?;
                Answer::Found(self.find(&text.0, limit))
            }
            Request::Cases(cases) => {
                self.listed(Verb::Cases)?;
                Answer::Cases(self.cases(&cases))
            }
            Request::File(child) => Answer::File(Box::new(self.file(child)?)),
            Request::History(child) => Answer::History(self.history(child)?),
            Request::Agenda(scope) => {
                self.listed(Verb::Today)?;
                Answer::Agenda(self.agenda(scope)?)
            }
            Request::Month { scope, first } => Answer::Month(self.month(scope, first)),
            Request::Likely { fields, except } => {
                let likely = self.likely(&fields, except);
                if !likely.is_empty() {
                    self.listed(Verb::Likely)?;
                }
                Answer::Likely(likely)
            }
            Request::SearchNotes { text, limit } => {
                self.searched(Verb::SearchNotes, &text.0)?;
                Answer::Notes(self.search_notes(&text.0, limit, watch)?)
            }
            Request::Evaluation { instrument } => {
                Answer::Evaluation(self.evaluation(instrument.as_deref(), watch)?)
            }
            Request::FollowRules => {
                self.follow_rules(watch)?;
                Answer::Done
            }
            Request::CountConcerns => {
                self.count_concerns(watch)?;
                Answer::Done
            }
            Request::Needs => {
                self.listed(Verb::Cases)?;
                Answer::Needs(Box::new(self.needs(watch)?))
            }
            Request::Tables => {
                self.given_out()?;
                Answer::Tables(Box::new(self.tables()))
            }
            Request::GiveOut(export) => Answer::GivenOut(self.give_out(export, watch)?),
            Request::Station => Answer::Station(self.station()),
            Request::Manual => manual(&self.dir),
            Request::RuleBook => Answer::RuleBook(self.rule_book()),
            Request::OwnText(file) => Answer::OwnText(self.own_text(&file)?),
            Request::SaveOwn(save) => Answer::OwnSaved(self.save_own(&save)?),
            Request::DropOwn { file, entry } => Answer::OwnSaved(self.drop_own(&file, entry.as_ref())?),
            Request::PlayExamples => Answer::Examples(self.play_examples()?),
            Request::Queue => Answer::Queue(self.queue()?),
            Request::Register(kind) => Answer::Register(self.register(kind)?),
            Request::Statement(donor) => Answer::Statement(self.statement(&donor.0)?),
            Request::Precedent(ask) => Answer::Precedent(self.precedent(ask)?),
            Request::Template(ask) => Answer::Template(self.template(ask)?),
            Request::Quality(scope) => Answer::Quality(self.quality(&scope, watch)?),
            Request::Caseload => Answer::Caseload(self.caseload()),
            Request::PlanHandOver(over) => Answer::HandOverPlan(self.plan_hand_over(&over)?),
            Request::HandOver(over) => Answer::HandedOver(self.hand_over(&over, watch)?),
            Request::Organisation => Answer::Organisation(self.organisation()?),
            Request::Match(child) => Answer::Match(self.candidates(child)?),
            Request::Why { rule } => Answer::Why(self.why(&rule)?),
            Request::Save(save) => Answer::Saved(self.save(save)?),
            Request::Act { child, follow_up, act } => Answer::Saved(self.act(child, follow_up, act)?),
            Request::Revert { child, change } => Answer::Saved(self.revert(child, change)?),
            Request::KeepDraft(draft) => {
                self.keep_draft(draft)?;
                Answer::Done
            }
            Request::Drafts => Answer::Drafts(self.drafts()?),
            Request::DropDraft(id) => {
                self.drop_draft(id)?;
                Answer::Done
            }
            Request::Audit(query) => {
                self.given_out()?;
                Answer::Audit(self.audit(&query)?)
            }
            Request::CheckAudit { against } => Answer::AuditChecked(self.check_audit(&against, watch)?),
            Request::Health => Answer::Health(Box::new(self.health())),
            Request::Examine => Answer::Checkup(self.examine(watch)?),
            Request::Mend => Answer::Checkup(self.mend(watch)?),
            Request::Backup { to } => Answer::BackedUp(self.backup(&to, watch)?),
            Request::BackUpIfDue => match self.back_up_if_due(watch)? {
                Some(made) => Answer::BackedUp(made),
                None => Answer::Done,
            },
            Request::BackupPlan => Answer::BackupPlan(backups::plan(&self.dir)?),
            Request::SetBackupPlan { to } => {
                Answer::BackupPlanSet(backups::change(&self.dir, to.as_deref())?)
            }
            Request::Rest => {
                self.rest()?;
                Answer::Done
            }
            Request::Admit(admission) => Answer::Account(self.admit(admission)?),
            Request::ChangeAccount { worker, change } => {
                Answer::Account(self.change_account(worker, change)?)
            }
            Request::RotateKey => {
                self.rotate_key()?;
                Answer::Done
            }
            Request::FollowResealing => {
                self.follow_resealing(watch)?;
                Answer::Done
            }
            Request::ChangePassphrase { old, new } => {
                self.change_passphrase(&old, &new)?;
                Answer::Done
            }
            Request::NewRecoveryKey => Answer::RecoveryKey(RecoveryKey::generate()?),
            Request::RenewRecovery(key) => {
                self.renew_recovery(&key)?;
                Answer::Done
            }
        })
    }
}
