//! The other paths out of an institution: relatives, and adoption with its notice of sixty days; a family that has a rest.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, contact, foster_family, placement};

const NAME: &str = "覃小夏";
const TYPED: &str = "qxx";

#[test]
fn relatives_try_a_family_rests_and_an_adoption_waits_for_its_notice() {
    tell(|walk| {
        registered(walk);
        with_relatives(walk);
        adopted(walk);
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER).add(
        "foster-family",
        &[
            (foster_family::NAME, Text("何家")),
            (foster_family::VILLAGE, Text("水井坝村")),
            (foster_family::CARER_BIRTH, Text("1982-06-01")),
            (foster_family::CAPACITY, Text("2")),
            (foster_family::APPROVED, Days(-200)),
            (foster_family::CHECKED, Days(-20)),
            (foster_family::TRAINED, Days(-190)),
            (foster_family::RESPITE, Days(30)),
        ],
    );
    walk.register_child(
        NAME,
        &[
            (child::BIRTH, Text("2017-01-15")),
            (child::VILLAGE, Text("水井坝村")),
            (child::CATEGORIES, Codes(&["institution"])),
        ],
    );
}

fn with_relatives(walk: &mut Walk) {
    // Who rests is asked for nothing; after that day they fit again.
    walk.press("f").sees("何家").reads("休整到", "respite until").press("esc");
    walk.days(31).open(TYPED, NAME).press("f").sees("何家").reads_no("休整到", "respite until").press("esc");
    walk.begin("placement").fill(
        "placement",
        &[
            (placement::KIND, Code("kinship")),
            (placement::FAMILY, Both("姨妈家", "with her aunt")),
            (placement::BEGUN, Today),
        ],
    );
    walk.days(8).open(TYPED, NAME).press("home").reads("新安置一周内没有走访", "no visit within a week");
    // Whoever was there has written so once, and that is enough.
    walk.press("v").fill(
        "contact",
        &[
            (contact::KIND, Code("visit")),
            (contact::ON, Today),
            (contact::MET, Codes(&["child", "carer"])),
            (contact::SEEN, Both("姨妈病了，照顾不了。", "Her aunt is ill and cannot go on.")),
        ],
    );
    walk.press("home").reads_no("新安置一周内没有走访", "no visit within a week");
    walk.tab("file-tab-services").select("姨妈家", "with her aunt").press("e").fill(
        "placement",
        &[(placement::ENDED, Today), (placement::END_REASON, Both("照料人病了", "the carer fell ill"))],
    );
    walk.tab("file-tab-overview");
}

fn adopted(walk: &mut Walk) {
    walk.begin("placement").fill(
        "placement",
        &[
            (placement::KIND, Code("adoption")),
            (placement::FAMILY, Both("赵家", "the Zhao family")),
            (placement::BEGUN, Today),
            (placement::NOTICE, Today),
            (placement::VISITED, Today),
        ],
    );
    walk.press("home").reads("没有同意安置的记录", "no record that it consents");
    walk.tab("file-tab-services").select("赵家", "the Zhao family").press("e");
    walk.fill("placement", &[(placement::CHILD_CONSENTED, Yes)]);
    walk.tab("file-tab-overview").press("home").reads_no("没有同意安置的记录", "no record that it consents");
    walk.reads_no("公告满60天", "stood for 60 days");
    walk.days(60).open(TYPED, NAME).press("home").reads("公告满60天", "stood for 60 days");
    let file = walk.kept(NAME);
    let kept = file.services.iter().filter(|one| one.at.kind == RecordKind::Placement);
    let over = kept.map(|one| one.fields.get(&placement::ENDED).is_some()).collect::<Vec<_>>();
    assert_eq!((over.len(), over.iter().filter(|over| **over).count()), (2, 1));
}
