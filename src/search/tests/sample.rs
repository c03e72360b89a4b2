//! An invented roster from a seed: siblings share a guardian, a village and a phone; a few names have a dot.

use chrono::{Datelike, Days, NaiveDate};

#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub(crate) name: String,
    pub(crate) boy: bool,
    pub(crate) birth: NaiveDate,
    pub(crate) id_number: String,
    pub(crate) guardian: String,
    pub(crate) village: String,
    pub(crate) school: String,
    pub(crate) phone: String,
    pub(crate) case_no: String,
}

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Early items more often: a rough picture of how surnames and given names are spread.
    pub(crate) fn pick_early<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        &items[(unit * unit * items.len() as f64) as usize]
    }
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏\
    吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤\
    单解仇查盖区缪翟那乐尉华宁洪裴岑柏卜";
const GIVEN: &str = "小明华丽芳伟国文军平志强红玉英建海春燕秀娟静敏杰俊涛婷梅龙飞鹏超勇磊艳霞萍刚桂兰凤云峰辉波鑫宇浩\
    子雨欣怡梓涵佳慧雪琳莹晨阳天晓东林森博思诗婉清荣昌福寿康宁安乐美娜莉莎菲倩颖洁露瑶雅馨蕊薇蓉菊莲竹松柏山川江\
    河湖洋溪泉石金银铜铁宝珍珠玲珑瑞祥庆喜贵富兴旺发达远志向前进步高升立德仁义礼智信忠孝诚正直善良友爱和顺利成功胜\
    凯旋光亮星月日辰昊昱晗晴昕晖旭翔羽航帆翰墨书画琴棋艺彩虹丹青绿紫蓝素白冰霜秋冬夏长永恒久新启学勤奋敬业尚贤才\
    能妍妮姗姣娇婵媛嫣翠碧莎芝芬芸茜荷萌葵蓓蕾薛一二三四方圆元亨贞嘉淑惠仙";
const TOWNS: &str = "石门 清水 大坝 龙潭 白云 青山 黑水 双江 平头 柳河 北岭 南桥 东沟 西塘 新集 老寨 三合 五里 九龙 七星 \
    红旗 胜利 永安 长乐 太平 兴隆 金鸡 凤凰 麒麟 朝阳";
const HAMLETS: &str = "大王 小李 张家 刘庄 陈湾 杨树 黄泥 赵屯 吴集 周楼 徐寨 孙沟 马店 朱坪 胡坡 郭岭 何坝 林场 高桥 罗塘 \
    前进 后山 上河 下河 东风 西坡 南湾 北庄 中心 新村 老屋 石桥 木林 水井 火石 土门 金竹 银杏 铜鼓 铁厂";
const PARTS: &str =
    "买买提 阿依古丽 热合曼 古丽努尔 艾力江 木合塔尔 帕提古丽 吐尔逊 卡德尔 祖丽姆 依明江 努尔兰";
const FIRST_DAY: (i32, u32, u32) = (2007, 6, 1);
const DAYS: usize = 6500;

fn chars(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// `count` children, the same for the same seed.
pub(crate) fn roster(count: usize, seed: u64) -> Vec<Child> {
    let dice = &mut Dice(seed);
    let [towns, hamlets, parts] =
        [TOWNS, HAMLETS, PARTS].map(|words| words.split_whitespace().collect::<Vec<_>>());
    let mut children: Vec<Child> = Vec::with_capacity(count);
    for number in 0..count {
        let sibling = children.last().filter(|_| dice.chance(25)).cloned();
        let child = match sibling {
            Some(elder) => {
                let surname = elder.name.chars().next().unwrap_or('王');
                let name =
                    if elder.name.contains('·') { long_name(dice, &parts) } else { name_of(dice, surname) };
                let birth = if dice.chance(4) { elder.birth } else { birthday(dice) };
                Child { name, birth, boy: dice.chance(52), ..elder }
            }
            None => {
                let long = dice.chance(1);
                let surname = *dice.pick_early(&chars(SURNAMES));
                let name = if long { long_name(dice, &parts) } else { name_of(dice, surname) };
                let theirs = if dice.chance(60) { surname } else { *dice.pick_early(&chars(SURNAMES)) };
                let guardian = if long { long_name(dice, &parts) } else { name_of(dice, theirs) };
                let (town, hamlet) = (*dice.pick(&towns), *dice.pick(&hamlets));
                let village = format!(
                    "{town}{}{hamlet}{}",
                    dice.pick(&["镇", "乡", "街道"]),
                    dice.pick(&["村", "社区", "庄"])
                );
                let school = match dice.below(3) {
                    0 => format!("{town}中心小学"),
                    1 => format!("{hamlet}希望小学"),
                    _ => format!("{town}第{}中学", dice.pick(&["一", "二", "三"])),
                };
                let phone = format!("100{:08}", dice.below(100_000_000));
                let (id_number, case_no) = (String::new(), String::new());
                Child {
                    name,
                    boy: dice.chance(52),
                    birth: birthday(dice),
                    id_number,
                    guardian,
                    village,
                    school,
                    phone,
                    case_no,
                }
            }
        };
        let id_number = id_number(dice, child.birth, child.boy);
        let case_no = format!("EB{}-{:06}", 2015 + dice.below(11), number + 1);
        children.push(Child { id_number, case_no, ..child });
    }
    children
}

pub(crate) fn name_of(dice: &mut Dice, surname: char) -> String {
    let given = chars(GIVEN);
    let mut name = String::from(surname);
    name.push(*dice.pick_early(&given));
    if dice.chance(90) {
        name.push(*dice.pick_early(&given));
    }
    name
}

fn long_name(dice: &mut Dice, parts: &[&str]) -> String {
    format!("{}·{}", dice.pick(parts), dice.pick(parts))
}

pub(crate) fn birthday(dice: &mut Dice) -> NaiveDate {
    let (year, month, day) = FIRST_DAY;
    let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    first + Days::new(dice.below(DAYS) as u64)
}

/// An ID number of an area that does not exist, with a true check digit.
pub(crate) fn id_number(dice: &mut Dice, birth: NaiveDate, boy: bool) -> String {
    let area = 990_600 + dice.below(40);
    let serial = dice.below(499) * 2 + usize::from(boy);
    let body = format!("{area}{:04}{:02}{:02}{serial:03}", birth.year(), birth.month(), birth.day());
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}
