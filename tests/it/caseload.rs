//! Who has how many cases, and handing them over: nothing is lost, and it can be begun again.

use crate::registers::{House, add, choice, save};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tonghu::domain::forms::{case, child, follow_up};
use tonghu::domain::{ActFault, ChildId, Fields, FollowUp, RecordKind, RecordRef, Value, WorkerId};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

const KEY: &str = "a key under the mat";

fn admit(desk: &Desk, login: &str, name: &str, role: Role) -> WorkerId {
    let passphrase = Passphrase::typed(KEY);
    let admission = Admission { login: login.into(), name: name.into(), role, passphrase };
    match desk.ask(Request::Admit(admission)).unwrap() {
        Answer::Account(staff) => staff.worker,
        other => panic!("{other:?}"),
    }
}

/// A child of this worker, or of nobody, in an open case or a closed one.
fn child_of(desk: &Desk, name: &str, worker: Option<WorkerId>, closed: bool) -> ChildId {
    let at = RecordRef::child(ChildId(Uuid::now_v7()));
    let mut fields = Fields::default().with(child::NAME, name).with(child::RISK, choice("medium"));
    fields.set(child::WORKER, worker.map(|worker| Value::Link(worker.0)));
    save(desk, at, None, fields).unwrap();
    let id = ChildId(at.id);
    if worker.is_none() {
        // A new child is its registrar's; it can be taken away from them.
        let record = file(desk, id).child;
        let mut nobody = record.fields.clone();
        nobody.set(child::WORKER, None);
        save(desk, record.at, Some(record.fields), nobody).unwrap();
    }
    if closed {
        let case = file(desk, id).cases.remove(0);
        let fields = case.fields.clone();
        let today = "2026-03-02".parse::<chrono::NaiveDate>().unwrap();
        let over = fields
            .clone()
            .with(case::CLOSED, today)
            .with(case::CLOSE_REASON, choice("moved"))
            .with(case::ARRANGEMENT, "随父母迁走");
        save(desk, case.at, Some(fields), over).unwrap();
    }
    id
}

fn follow_up_of(desk: &Desk, child: ChildId, worker: WorkerId) {
    let due: chrono::NaiveDate = "2026-03-20".parse().unwrap();
    let fields = Fields::default()
        .with(follow_up::KIND, choice("paper"))
        .with(follow_up::DUE, due)
        .with(follow_up::WORKER, Value::Link(worker.0));
    save(desk, RecordRef::of(RecordKind::FollowUp, child.0, Uuid::now_v7()), None, fields).unwrap();
}

fn file(desk: &Desk, child: ChildId) -> CaseFile {
    match desk.ask(Request::File(child)).unwrap() {
        Answer::File(file) => *file,
        other => panic!("{other:?}"),
    }
}

fn load(desk: &Desk) -> Caseload {
    match desk.ask(Request::Caseload).unwrap() {
        Answer::Caseload(loads) => loads,
        other => panic!("{other:?}"),
    }
}

/// Open cases and open follow-ups by worker.
fn held(desk: &Desk) -> BTreeMap<Option<WorkerId>, (usize, usize)> {
    load(desk).loads.into_iter().map(|load| (load.worker, (load.open, load.follow_ups))).collect()
}

fn over(from: WorkerId, to: WorkerId) -> HandOver {
    HandOver { from, to, children: None, why: "陈静调到县里".into() }
}

fn hand_over(desk: &Desk, over: HandOver) -> HandedOver {
    match desk.ask(Request::HandOver(over)).unwrap() {
        Answer::HandedOver(done) => done,
        other => panic!("{other:?}"),
    }
}

fn plan(desk: &Desk, over: HandOver) -> HandOverPlan {
    match desk.ask(Request::PlanHandOver(over)).unwrap() {
        Answer::HandOverPlan(plan) => plan,
        other => panic!("{other:?}"),
    }
}

/// Whose every open follow-up is, as an agenda shows it.
fn owners(desk: &Desk, child: ChildId) -> Vec<Option<WorkerId>> {
    let file = file(desk, child);
    let worker = file.child.fields.link(&child::WORKER).map(WorkerId);
    file.follow_ups.iter().filter_map(FollowUp::open).map(|one| one.worker.or(worker)).collect()
}

struct Two {
    house: House,
    desk: Arc<Desk>,
    chen: WorkerId,
    su: WorkerId,
}

impl Two {
    fn new() -> Self {
        let house = House::new();
        let desk = house.station();
        let chen = admit(&desk, "chen", "陈静", Role::Caseworker);
        let su = admit(&desk, "su", "苏敏", Role::Supervisor);
        Self { house, desk, chen, su }
    }

    fn signed_in(self, login: &str) -> (House, Arc<Desk>) {
        let Two { house, desk, .. } = self;
        drop(desk);
        let desk = house.door().unlock(login, &Passphrase::typed(KEY)).unwrap();
        (house, desk)
    }
}

#[test]
fn the_ceiling_is_that_of_the_rules_and_whoever_passes_it_is_told_which_rule_says_so() {
    let two = Two::new();
    let rows = (0..26).map(|n| {
        let fields = Fields::default().with(child::NAME, format!("童{n}").as_str());
        fields.with(child::WORKER, Value::Link(two.chen.0)).with(child::RISK, choice(["high", "low"][n % 2]))
    });
    two.desk.import(&mut rows.collect::<Vec<_>>().into_iter(), &Unwatched).unwrap();
    child_of(&two.desk, "王小明", Some(two.su), false);
    child_of(&two.desk, "李丽", Some(two.su), true);
    let loads = load(&two.desk);
    assert_eq!(loads.ceiling, Some(25));
    let of = |worker| loads.loads.iter().find(|load| load.worker == Some(worker)).unwrap();
    let chen = of(two.chen);
    assert_eq!((chen.open, chen.risks), (26, [13, 0, 13, 0]));
    assert_eq!(chen.flag.as_ref().map(|flag| flag.rule.as_str()), Some("caseload"));
    assert_eq!((of(two.su).open, of(two.su).flag.is_none()), (1, true), "a closed case is nobody's load");
    assert_eq!(plan(&two.desk, over(two.chen, two.su)).passes, Some(25));
    let one = HandOver { children: Some(vec![]), ..over(two.chen, two.su) };
    assert_eq!(plan(&two.desk, one).passes, None);
}

#[test]
fn a_stations_own_table_sets_another_ceiling_and_silencing_the_rule_takes_it_away() {
    let house = House::new();
    drop(house.station());
    for (own, ceiling) in [
        (
            "[[rule]]\nid = \"caseload\"\neach = \"workers\"\nwhen = \"cases > 12\"\ngrade = \"act\"\nzh = \"多\"\nen = \"many\"\ndo_zh = \"分\"\ndo_en = \"share\"\nsource_zh = \"本站\"\nsource_en = \"us\"\ncertainty = \"D\"\n",
            Some(12),
        ),
        ("[[rule]]\nid = \"caseload\"\noff = true\n", None),
    ] {
        std::fs::create_dir_all(house.dir().join("practice")).unwrap();
        std::fs::write(house.dir().join("practice/staffing.toml"), own).unwrap();
        let desk = house.reopen();
        assert_eq!(load(&desk).ceiling, ceiling);
    }
}

#[test]
fn all_cases_and_follow_ups_go_to_a_colleague_with_the_reason_in_each_file_and_in_the_audit() {
    let two = Two::new();
    let mine = child_of(&two.desk, "王小明", Some(two.chen), false);
    let hers = child_of(&two.desk, "李丽", Some(two.su), false);
    follow_up_of(&two.desk, hers, two.chen);
    let closed = child_of(&two.desk, "何强", Some(two.chen), true);
    follow_up_of(&two.desk, closed, two.chen);
    let before = held(&two.desk);
    let (cases, follow_ups) = before[&Some(two.chen)];
    let planned = plan(&two.desk, over(two.chen, two.su));
    assert_eq!((planned.cases, planned.follow_ups, planned.then), (cases, follow_ups, 2));
    let done = hand_over(&two.desk, over(two.chen, two.su));
    assert_eq!(done, HandedOver { cases, follow_ups, left: 0 });
    let after = held(&two.desk);
    assert_eq!(after[&Some(two.chen)], (0, 0));
    assert_eq!(after[&Some(two.su)].1, before[&Some(two.su)].1 + follow_ups);
    for child in [mine, hers, closed] {
        assert!(owners(&two.desk, child).iter().all(|owner| *owner == Some(two.su)));
    }
    let kept = file(&two.desk, closed).child.fields.link(&child::WORKER);
    assert_eq!(kept, Some(two.chen.0), "who closed a case is still named in it");
    let Answer::History(history) = two.desk.ask(Request::History(mine)).unwrap() else { panic!() };
    let change = &history[0].change;
    let edits = change.parts.iter().flat_map(|part| &part.edits);
    let why = edits.filter(|edit| edit.field == child::HANDED_WHY).count();
    assert_eq!(why, change.parts.len(), "in one change, with the reason for the case and each follow-up");
    let query = AuditQuery { child: Some(mine), limit: 50, ..AuditQuery::default() };
    let Answer::Audit(page) = two.desk.ask(Request::Audit(query)).unwrap() else { panic!() };
    assert_eq!(page.lines.iter().filter(|line| line.verb == Verb::HandOver).count(), 1);
}

#[test]
fn chosen_cases_go_to_one_and_the_rest_to_another_and_what_nobody_had_is_given_to_somebody() {
    let two = Two::new();
    let lead = two.desk.me().worker;
    let [a, b] = ["王小明", "李丽"].map(|name| child_of(&two.desk, name, Some(two.chen), false));
    let left = child_of(&two.desk, "何强", None, false);
    let some = HandOver { children: Some(vec![a, left]), ..over(two.chen, two.su) };
    assert_eq!(hand_over(&two.desk, some).cases, 1, "only what was hers");
    assert_eq!(hand_over(&two.desk, over(two.chen, lead)).cases, 1);
    assert_eq!(hand_over(&two.desk, over(NOBODY, lead)).cases, 1);
    let worker = |id| file(&two.desk, id).child.fields.link(&child::WORKER).map(WorkerId);
    assert_eq!([a, b, left].map(worker), [Some(two.su), Some(lead), Some(lead)]);
}

#[test]
fn without_a_reason_to_oneself_or_to_who_cannot_take_it_nothing_goes_over() {
    let two = Two::new();
    child_of(&two.desk, "王小明", Some(two.chen), false);
    let fix = admit(&two.desk, "fix", "远程", Role::Support);
    let ask = |over: HandOver| two.desk.ask(Request::HandOver(over)).unwrap_err();
    assert_eq!(
        ask(HandOver { why: "  ".into(), ..over(two.chen, two.su) }),
        Refusal::Act(ActFault::NoReason)
    );
    let long = HandOver { why: "长".repeat(HandOver::LONGEST + 1), ..over(two.chen, two.su) };
    assert!(matches!(ask(long), Refusal::Invalid(_)));
    for to in [two.chen, fix, WorkerId(Uuid::from_u128(7)), NOBODY] {
        assert_eq!(ask(over(two.chen, to)), Refusal::NotFound);
    }
    let closed = Request::ChangeAccount { worker: two.su, change: AccountChange::Close };
    two.desk.ask(closed).unwrap();
    assert_eq!(ask(over(two.chen, two.su)), Refusal::NotFound);
    assert_eq!(held(&two.desk)[&Some(two.chen)].0, 1);
}

/// Stops after so many children.
struct Until(AtomicUsize);

impl Watch for Until {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

#[test]
fn cut_in_the_middle_every_case_has_somebody_and_the_same_again_finishes_it() {
    let two = Two::new();
    for name in ["甲", "乙", "丙", "丁", "戊"] {
        let child = child_of(&two.desk, name, Some(two.chen), false);
        follow_up_of(&two.desk, child, two.chen);
    }
    let all = held(&two.desk)[&Some(two.chen)];
    let request = Request::HandOver(over(two.chen, two.su));
    let answer = two.desk.ask_watched(request.clone(), &Until(AtomicUsize::new(2))).unwrap();
    let Answer::HandedOver(first) = answer else { panic!() };
    assert_eq!((first.cases, first.left), (2, 3));
    let (chen, su) = (two.chen, two.su);
    drop(two.desk);
    let desk = two.house.reopen();
    let cut = held(&desk);
    assert_eq!((cut[&Some(chen)].0, cut[&Some(su)].0), (3, 2));
    let Answer::HandedOver(rest) = desk.ask(request.clone()).unwrap() else { panic!() };
    assert_eq!((first.cases + rest.cases, first.follow_ups + rest.follow_ups), all);
    let Answer::HandedOver(again) = desk.ask(request).unwrap() else { panic!() };
    assert_eq!(again, HandedOver::default(), "there is nothing left to do");
}

#[test]
fn a_caseworker_hands_over_what_is_hers_and_nobody_elses() {
    let two = Two::new();
    let (chen, su) = (two.chen, two.su);
    child_of(&two.desk, "王小明", Some(chen), false);
    child_of(&two.desk, "李丽", Some(su), false);
    let (_house, desk) = two.signed_in("chen");
    assert_eq!(desk.ask(Request::HandOver(over(su, chen))), Err(Refusal::NotAllowed));
    assert_eq!(hand_over(&desk, over(chen, su)).cases, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Whoever has what: the counts add up, and no open follow-up belongs to who left.
    #[test]
    fn whatever_somebody_has_goes_over_whole(
        children in proptest::collection::vec((0_usize..4, any::<bool>(), proptest::collection::vec(0_usize..3, 0..3)), 1..6),
    ) {
        let two = Two::new();
        let workers = [Some(two.chen), Some(two.su), Some(two.desk.me().worker), None];
        let mut ids = vec![];
        for (worker, closed, follow_ups) in children {
            let id = child_of(&two.desk, "王小明", workers[worker], closed);
            follow_ups.into_iter().for_each(|of| follow_up_of(&two.desk, id, workers[of].unwrap()));
            ids.push(id);
        }
        let sum = |held: &BTreeMap<_, (usize, usize)>| {
            held.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let before = held(&two.desk);
        let planned = plan(&two.desk, over(two.chen, two.su));
        let done = hand_over(&two.desk, over(two.chen, two.su));
        let after = held(&two.desk);
        prop_assert_eq!((done.cases, done.follow_ups), (planned.cases, planned.follow_ups));
        prop_assert_eq!(before[&Some(two.chen)], (done.cases, done.follow_ups));
        prop_assert_eq!(after[&Some(two.su)].0, planned.then);
        prop_assert_eq!(sum(&before), sum(&after));
        prop_assert_eq!(after[&Some(two.chen)], (0, 0));
        for id in ids {
            prop_assert!(!owners(&two.desk, id).contains(&Some(two.chen)));
        }
    }
}

fn face(desk: &Arc<Desk>, lang: Lang, size: (u16, u16)) -> Harness {
    let mut face = Harness::sized(desk.clone(), lang, "2026-03-02T08:30:00".parse().unwrap(), size);
    face.press("f2").type_text(if lang == Lang::Zh { "工作量" } else { "caseload" }).press("enter");
    face
}

#[test]
fn on_the_screen_bars_stand_against_the_ceiling_and_a_case_is_picked_shown_and_handed_over() {
    for (lang, words) in [
        (
            Lang::Zh,
            ["每人不超过25个在办个案", "挑选", "陈静 交给 苏敏", "1个在办个案", "写上原因", "已移交1个个案"],
        ),
        (
            Lang::En,
            [
                "at most 25 each",
                "Choose some",
                "陈静 to 苏敏",
                "Open cases: 1.",
                "Say why",
                "Handed over: cases 1",
            ],
        ),
    ] {
        let two = Two::new();
        child_of(&two.desk, "王小明", Some(two.chen), false);
        child_of(&two.desk, "李丽", Some(two.chen), false);
        for size in [(80, 24), (60, 18), (120, 40)] {
            face(&two.desk, lang, size).sees("2/25").sees("[#").sees(words[0]);
        }
        let mut face = face(&two.desk, lang, (80, 24));
        face.press("enter").sees("王小明").sees("李丽").press("esc").sees(words[0]);
        face.press("h").sees(words[1]).press("down enter").type_text("李丽 ").press("enter");
        face.type_text("苏敏").press("enter").sees(words[2]).sees(words[3]);
        face.press("enter").sees(words[4]).type_text("生病").press("enter").sees(words[5]).sees("1/25");
        assert_eq!(held(&two.desk)[&Some(two.su)].0, 1);
    }
}

#[test]
fn closing_the_account_of_who_still_has_cases_says_so_and_where_they_are_handed_over() {
    for (lang, words) in
        [(Lang::Zh, ["还有1个在办个案", "工作量"]), (Lang::En, ["open cases: 1", "Caseload"])]
    {
        let two = Two::new();
        child_of(&two.desk, "王小明", Some(two.chen), false);
        for size in [(80, 24), (60, 18)] {
            let mut face =
                Harness::sized(two.desk.clone(), lang, "2026-03-02T08:30:00".parse().unwrap(), size);
            let accounts = if lang == Lang::Zh { "账号" } else { "accounts" };
            face.press("f2").type_text(accounts).press("enter end up enter");
            face.press("down down enter").sees(words[0]).sees(words[1]);
            face.press("esc").press("end enter down down enter").sees_no(words[0]);
        }
    }
}

#[test]
fn an_empty_load_is_not_handed_over_and_a_register_of_units_is_no_load() {
    let two = Two::new();
    add(
        &two.desk,
        RecordKind::Volunteer,
        Fields::default().with(tonghu::domain::forms::volunteer::NAME, "何秀兰"),
    )
    .unwrap();
    let mut face = face(&two.desk, Lang::Zh, (80, 24));
    face.press("h").sees("没有可以移交的在办个案和回访");
}
