//! What is to happen to the next process.
//!
//! Which moments hit something depends on the machine. So the choice looks at what has come of the ones before: as long as too few
//! were killed, or too few of those inside a transaction, it aims. At most edits it aims in any case: they are few.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::storm::counts::Counts;
use crate::storm::process::{Aim, Fate};
use crate::storm::random::Random;

/// How many processes of a hundred shall be killed, at least.
const KILLED: u64 = 56;
/// Below this nothing else comes first.
const HALF: u64 = 51;
/// How many of a hundred that are killed shall be so inside a transaction, at least.
const INSIDE: u64 = 36;
/// How many of a hundred edits are to be met in the middle. Half of those go on.
const EDITS_AIMED_AT: u64 = 80;

/// How long each command took of late when nobody touched it.
#[derive(Debug, Default)]
pub(crate) struct UsualTimes(BTreeMap<&'static str, Duration>);

impl UsualTimes {
    pub(crate) fn of(&self, name: &str) -> Duration {
        const AT_FIRST: Duration = Duration::from_millis(5);
        self.0.get(name).copied().unwrap_or(AT_FIRST)
    }

    pub(crate) fn took(&mut self, name: &'static str, time: Duration) {
        let usual = self.of(name);
        // What was in the way of a slow one says little of the next.
        let usual = if time < usual { (usual + time) / 2 } else { (usual * 7 + time) / 8 };
        self.0.insert(name, usual);
    }
}

/// Chooses for a process that usually takes so long, where so much happened until now. `aim`: where it matters most
/// to meet it.
pub(crate) fn choose_fate(random: &mut Random, counts: &Counts, usual: Duration, aim: Option<Aim>) -> Fate {
    let share = counts.share_killed();
    if let Some(at @ (Aim::Edit | Aim::Write)) = aim
        && random.chance(EDITS_AIMED_AT)
    {
        let is_killed = share < HALF || random.chance(50);
        return aimed(random, usual, at, is_killed);
    }
    let may_miss = HALF < share || random.chance(60);
    if (share < KILLED && may_miss) || random.chance(30) {
        let is_due = counts.share_inside() < INSIDE || random.chance(10);
        return match aim {
            Some(Aim::Transaction) if is_due => aimed(random, usual, Aim::Transaction, true),
            _ => killed_anywhere(random, usual, 100),
        };
    }
    if share < KILLED {
        return killed_anywhere(random, usual, 60);
    }
    if random.chance(30) {
        return Fate::Stopped { after: part(random, usual, 0, 100), lasting: some_time(random) };
    }
    Fate::Spared
}

fn aimed(random: &mut Random, usual: Duration, at: Aim, is_killed: bool) -> Fate {
    let deeper = match at {
        Aim::Transaction | Aim::Write => *random.pick(&[0, 0, 0, 0, 1, 3]),
        Aim::Edit => *random.pick(&[0, 1, 3, 10]),
    };
    Fate::Aimed { at, after: part(random, usual, 5, 50), deeper, is_killed }
}

/// Some are killed at once; most others at any moment of the time that one usually takes, as many in its second half as in the whole,
/// since it is there that processes write.
fn killed_anywhere(random: &mut Random, usual: Duration, latest: u64) -> Fate {
    if random.chance(10) {
        return Fate::Killed { after: Duration::ZERO };
    }
    let earliest = *random.pick(&[0, 50]);
    let after = part(random, usual, earliest, latest);
    match random.below(4) {
        0 => Fate::Killed { after },
        1 => Fate::StoppedAndKilled { after, lasting: some_time(random) },
        _ => Fate::StoppedAndKilled { after, lasting: Duration::ZERO },
    }
}

/// A moment between these hundredths of the whole.
fn part(random: &mut Random, whole: Duration, earliest: u64, latest: u64) -> Duration {
    let thousandths = earliest * 10 + random.below((latest - earliest) * 10);
    whole * u32::try_from(thousandths).unwrap_or(0) / 1_000
}

/// How long somebody stands still, perhaps with a lock that others wait for.
fn some_time(random: &mut Random) -> Duration {
    Duration::from_micros(random.below(3_000))
}
