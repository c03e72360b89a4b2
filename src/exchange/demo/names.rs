//! What people and places of the invented county are called. Surnames with rough weights; given names are put together
//! from the characters that a generation liked.

use super::dice::Dice;

#[rustfmt::skip] // a table
const SURNAMES: &[(&str, u32)] = &[
    ("王", 72), ("李", 71), ("张", 68), ("刘", 52), ("陈", 45), ("杨", 40), ("黄", 24), ("赵", 24), ("吴", 22), ("周", 22),
    ("徐", 15), ("孙", 14), ("马", 13), ("朱", 13), ("胡", 13), ("郭", 12), ("何", 12), ("林", 11), ("罗", 12), ("高", 10),
    ("郑", 9), ("梁", 8), ("谢", 8), ("宋", 8), ("唐", 9), ("许", 7), ("韩", 6), ("冯", 7), ("邓", 8), ("曹", 6),
    ("彭", 7), ("曾", 6), ("肖", 6), ("田", 8), ("董", 5), ("袁", 5), ("潘", 5), ("于", 4), ("蒋", 6), ("蔡", 4),
    ("余", 6), ("杜", 5), ("叶", 4), ("程", 4), ("苏", 4), ("魏", 4), ("吕", 4), ("丁", 4), ("任", 4), ("沈", 3),
    ("姚", 4), ("卢", 3), ("姜", 3), ("崔", 2), ("钟", 4), ("谭", 5), ("陆", 3), ("汪", 3), ("范", 3), ("金", 2),
    ("石", 5), ("廖", 4), ("贾", 2), ("夏", 4), ("韦", 2), ("付", 3), ("方", 3), ("白", 3), ("邹", 3), ("孟", 2),
    ("熊", 4), ("秦", 3), ("邱", 3), ("江", 3), ("尹", 2), ("薛", 2), ("闫", 2), ("段", 2), ("雷", 3), ("侯", 2),
    ("龙", 4), ("陶", 2), ("黎", 2), ("贺", 2), ("向", 4), ("覃", 3), ("冉", 3), ("滕", 2), ("单", 1), ("解", 1),
    ("仇", 1), ("查", 1), ("区", 1), ("欧阳", 2), ("上官", 1),
];

/// Who bears a name: it decides the characters.
#[derive(Clone, Copy)]
pub(super) enum Age {
    Child,
    Parent,
    Elder,
}

type Parts = (&'static str, &'static str, &'static str);

/// First characters, second characters, and characters that make a name alone.
fn parts(age: Age, sex: &str) -> Parts {
    match (age, sex) {
        (Age::Child, "m") => (
            "子家俊浩文志天明嘉宇建小永思泽梓博世宏伟",
            "轩豪杰涛鹏阳辉航宇强林龙波峰凯睿晨磊成康旺贵然霖",
            "磊浩杰鹏涛航阳凯旭强勇龙洋毅帅斌博晨",
        ),
        (Age::Child, _) => (
            "欣雨梦思佳诗晓小紫静雪秀春玉金子嘉语若美",
            "怡婷涵琪悦瑶萱妍彤慧敏洁燕玲芳兰梅月霞蓉莲欣萍",
            "婷静雪敏燕娟悦倩莹玲蕾瑶颖丹琴",
        ),
        (Age::Parent, "m") => ("建志小文海晓永国少正", "军华平勇强波林兵明辉松云", "伟勇军强刚斌平涛兵"),
        (Age::Parent, _) => ("小晓春丽海红玉艳冬秋", "丽燕梅霞琴芳艳娟红萍琼英", "丽燕梅艳敏芳琴霞"),
        (Age::Elder, "m") => ("国德永正光世大福长明天绍", "华成富贵财兴才林清祥生全", "富贵清明"),
        (Age::Elder, _) => ("桂秀玉素春兰金菊淑凤", "英珍芳兰华香莲琼碧容群", "英珍兰"),
    }
}

fn one(dice: &mut Dice, characters: &str) -> char {
    let count = characters.chars().count();
    characters.chars().nth(dice.below(count)).unwrap_or('小')
}

pub(super) fn surname(dice: &mut Dice) -> &'static str {
    dice.weighted(SURNAMES)
}

pub(super) fn given(dice: &mut Dice, age: Age, sex: &str) -> String {
    let (first, second, alone) = parts(age, sex);
    if dice.chance(18) {
        return one(dice, alone).into();
    }
    loop {
        let name = [one(dice, first), one(dice, second)];
        if name[0] != name[1] {
            return name.iter().collect();
        }
    }
}

/// A younger child often shares the first character of an elder one's name.
pub(super) fn given_after(dice: &mut Dice, elder: &str, sex: &str) -> String {
    let shared = elder.chars().next().filter(|_| elder.chars().count() == 2 && dice.chance(60));
    match shared {
        None => given(dice, Age::Child, sex),
        Some(shared) => {
            let second = one(dice, parts(Age::Child, sex).1);
            let name: String = [shared, second].iter().collect();
            if name == elder || second == shared { given(dice, Age::Child, sex) } else { name }
        }
    }
}

pub(super) const PROVINCE: &str = "江岭省";
pub(super) const CITY: &str = "望川市";
pub(super) const COUNTY: &str = "禾溪县";
pub(super) const TOWNS: &[&str] = &[
    "石门镇",
    "柳树湾镇",
    "白鹤乡",
    "青竹镇",
    "龙潭乡",
    "双桥镇",
    "红岩乡",
    "麻柳镇",
    "杉木乡",
    "云雾乡",
    "渡口镇",
    "响水乡",
];
const TERRAINS: &[&str] = &[
    "石板", "青杠", "麻柳", "白岩", "龙洞", "水井", "桐梓", "柿子", "黄泥", "风垭", "观音", "老鹰", "竹林",
    "油坊", "古井", "桂花", "枫香", "马鞍", "三岔", "梨树", "大坪", "沙湾", "茶园", "金竹",
];
const ENDS: &[&str] = &["沟", "湾", "坪", "坝", "岭", "垭", "塘", "寨"];

/// The villages of a town: the same ones whatever the seed of the children.
pub(super) fn villages(town: usize) -> Vec<String> {
    let mut dice = Dice::new(0x7a11 + town as u64);
    let mut villages: Vec<String> = vec![];
    while villages.len() < 9 {
        let village = if dice.chance(45) {
            format!("{}家{}村", surname(&mut dice), dice.pick(ENDS))
        } else {
            format!("{}{}村", dice.pick(TERRAINS), dice.pick(ENDS))
        };
        if !villages.contains(&village) && village.chars().count() <= 5 {
            villages.push(village);
        }
    }
    villages
}
